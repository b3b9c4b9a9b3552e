// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/exporter/otlp"
	"otel.runtime/sdk/goruntime"
)

// produced is a cumulative producer of one counter, one up-down counter and one
// histogram; a collection is at its number of seconds.
type produced struct{ collections []int64 }

func (c *produced) Produce(context.Context) ([]metricdata.ScopeMetrics, error) {
	v := c.collections[0]
	c.collections = c.collections[1:]
	at := func(s int64) time.Time { return time.Unix(1000+s, 0) }
	sum := func(monotonic bool) metricdata.Sum[int64] {
		return metricdata.Sum[int64]{Temporality: metricdata.CumulativeTemporality, IsMonotonic: monotonic,
			DataPoints: []metricdata.DataPoint[int64]{{StartTime: at(0), Time: at(v), Value: v}}}
	}
	return []metricdata.ScopeMetrics{{Scope: instrumentation.Scope{Name: "s"}, Metrics: []metricdata.Metrics{
		{Name: "counter", Data: sum(true)}, {Name: "updown", Data: sum(false)},
		{Name: "float", Data: metricdata.Sum[float64]{Temporality: metricdata.CumulativeTemporality, IsMonotonic: true,
			DataPoints: []metricdata.DataPoint[float64]{{StartTime: at(0), Time: at(v), Value: float64(v)}}}},
		{Name: "histogram", Data: metricdata.Histogram[float64]{Temporality: metricdata.CumulativeTemporality,
			DataPoints: []metricdata.HistogramDataPoint[float64]{{StartTime: at(0), Time: at(v), Count: uint64(v), Sum: float64(v),
				Bounds: []float64{1}, BucketCounts: []uint64{0, uint64(v)}}}}},
	}}}, nil
}

// The table of the specification's OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE,
// for what is produced rather than recorded.
func TestTemporalityOfWhatIsProduced(t *testing.T) {
	for preference, want := range map[string]string{
		"cumulative": "counter cumulative 5 from 0, updown cumulative 5 from 0, float cumulative 5 from 0, histogram cumulative 5 5 [0 5] from 0\n" +
			"counter cumulative 7 from 0, updown cumulative 7 from 0, float cumulative 7 from 0, histogram cumulative 7 7 [0 7] from 0\n" +
			"counter cumulative 3 from 0, updown cumulative 3 from 0, float cumulative 3 from 0, histogram cumulative 3 3 [0 3] from 0\n",
		"delta": "counter delta 5 from 0, updown cumulative 5 from 0, float delta 5 from 0, histogram delta 5 5 [0 5] from 0\n" +
			"counter delta 2 from 5, updown cumulative 7 from 0, float delta 2 from 5, histogram delta 2 2 [0 2] from 5\n" +
			"counter delta 3 from 0, updown cumulative 3 from 0, float delta 3 from 0, histogram delta 3 3 [0 3] from 0\n",
		"lowmemory": "counter cumulative 5 from 0, updown cumulative 5 from 0, float cumulative 5 from 0, histogram delta 5 5 [0 5] from 0\n" +
			"counter cumulative 7 from 0, updown cumulative 7 from 0, float cumulative 7 from 0, histogram delta 2 2 [0 2] from 5\n" +
			"counter cumulative 3 from 0, updown cumulative 3 from 0, float cumulative 3 from 0, histogram delta 3 3 [0 3] from 0\n",
	} {
		selector := otlp.TemporalityFromEnv(func(string) string { return preference }, func(line string) { t.Error(line) })
		// The third collection counts less than the second: something began anew.
		producer, got := preferring(selector, &produced{[]int64{5, 7, 3}}), ""
		for i := 0; i < 3; i++ {
			scopes, err := producer.Produce(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			got += temporalities(scopes)
		}
		if got != want {
			t.Errorf("%s:\n%swant\n%s", preference, got, want)
		}
	}
}

func temporalities(scopes []metricdata.ScopeMetrics) (text string) {
	words := map[metricdata.Temporality]string{metricdata.DeltaTemporality: "delta", metricdata.CumulativeTemporality: "cumulative"}
	for i, m := range scopes[0].Metrics {
		if i > 0 {
			text += ", "
		}
		switch data := m.Data.(type) {
		case metricdata.Sum[int64]:
			text += fmt.Sprintf("%s %s %d from %d", m.Name, words[data.Temporality], data.DataPoints[0].Value, data.DataPoints[0].StartTime.Unix()-1000)
		case metricdata.Sum[float64]:
			text += fmt.Sprintf("%s %s %v from %d", m.Name, words[data.Temporality], data.DataPoints[0].Value, data.DataPoints[0].StartTime.Unix()-1000)
		case metricdata.Histogram[float64]:
			p := data.DataPoints[0]
			text += fmt.Sprintf("%s %s %d %v %v from %d", m.Name, words[data.Temporality], p.Count, p.Sum, p.BucketCounts, p.StartTime.Unix()-1000)
		}
	}
	return text + "\n"
}

// What the Go run time has counted in two collections is what it counts in all.
func TestDeltasOfTheRunTimeAddUp(t *testing.T) {
	selector := otlp.TemporalityFromEnv(func(string) string { return "delta" }, func(line string) { t.Error(line) })
	total, cumulative := map[string]int64{}, goruntime.NewProducer()
	producer := preferring(selector, goruntime.NewProducer())
	var kept [][]byte
	for i := 0; i < 3; i++ {
		kept = append(kept, make([]byte, 1<<20))
		scopes, _ := producer.Produce(context.Background())
		for _, m := range scopes[0].Metrics {
			if sum, is := m.Data.(metricdata.Sum[int64]); is && sum.IsMonotonic {
				if sum.Temporality != metricdata.DeltaTemporality {
					t.Errorf("%s isn't delta", m.Name)
				}
				total[m.Name] += sum.DataPoints[0].Value
			}
		}
	}
	scopes, _ := cumulative.Produce(context.Background())
	for _, m := range scopes[0].Metrics {
		if sum, is := m.Data.(metricdata.Sum[int64]); is && m.Name == "go.memory.allocated" {
			if got, now := total[m.Name], sum.DataPoints[0].Value; got > now || got < now-(1<<20) || len(kept) != 3 {
				t.Errorf("%d in deltas, %d cumulative", got, now)
			}
		}
	}
}

// preferringDelta is an exporter that keeps what it gets.
type preferringDelta struct {
	*otlp.MetricExporter
	got []string
}

func (e *preferringDelta) Export(_ context.Context, all *metricdata.ResourceMetrics) error {
	e.got = append(e.got, temporalities(all.ScopeMetrics))
	return nil
}

func TestReadersAskProducersForTheirTemporality(t *testing.T) {
	selector := otlp.TemporalityFromEnv(func(string) string { return "delta" }, func(line string) { t.Error(line) })
	to := &preferringDelta{MetricExporter: otlp.NewMetrics(otlp.Config{URL: &url.URL{Scheme: "http", Host: "localhost:1"}}, selector, nil, true)}
	reader := newPeriodicReader(to, time.Hour, time.Minute, &produced{[]int64{5, 7}})
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	for i := 0; i < 2; i++ {
		if err := provider.ForceFlush(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if len(to.got) != 2 || !strings.HasPrefix(to.got[1], "counter delta 2 from 5, updown cumulative 7") {
		t.Errorf("%q", to.got)
	}
}
