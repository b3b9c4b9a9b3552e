// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"otel.runtime/profile"
)

// A batch that a collector wouldn't take at once goes in parts.
func TestLargeBatchIsSplit(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	e, _ := newTestExporter(t, c.config(GRPC))
	stub := tracetest.SpanStub{Name: "large", Attributes: []attribute.KeyValue{attribute.String("k", strings.Repeat("x", 1<<20))}}
	spans := tracetest.SpanStubs{stub, stub, stub, stub, stub, stub, stub}.Snapshots()
	if err := e.ExportSpans(context.Background(), spans); err != nil {
		t.Fatal(err)
	}
	for _, r := range c.got() {
		if len(r.message) > 4<<20 {
			t.Errorf("a request of %d bytes", len(r.message))
		}
	}
	if e.Stats().Sent != 7 || len(c.got()) != 3 { // 7 = 3 + 4, and 4 = 2 + 2
		t.Errorf("%+v in %d requests", e.Stats(), len(c.got()))
	}
}

// A collection that a collector wouldn't take at once goes in parts, each with the
// scopes and metrics of its data points.
func TestLargeCollectionIsSplit(t *testing.T) {
	for _, protocol := range []Protocol{GRPC, HTTPProtobuf, HTTPJSON} {
		reply := grpcOK(nil)
		if protocol != GRPC {
			reply = httpAnswers(200, "", nil)
		}
		c := startCollector(t, reply)
		e := NewMetrics(c.config(protocol), nil, nil, false)
		defer e.Shutdown(context.Background())
		const series = 8000
		if err := e.Export(context.Background(), manySeries(series)); err != nil {
			t.Fatal(err)
		}
		if e.Stats().Sent != 4*series || len(c.got()) < 2 {
			t.Errorf("%+v in %d requests", e.Stats(), len(c.got()))
		}
		for _, r := range c.got() {
			if len(r.message) > 4<<20 {
				t.Errorf("a request of %d bytes", len(r.message))
			}
		}
	}
}

// Profiles that a collector wouldn't take at once go in parts, each with the frames of
// its samples alone.
func TestLargeProfilesAreSplit(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	e := NewProfiles(c.config(GRPC), resource.Empty(), nil)
	defer e.Shutdown(context.Background())
	const n = 20000
	p := &profile.Profile{Kind: profile.Goroutine, Types: []profile.ValueType{{Type: "goroutine", Unit: "count"}}}
	for i := 0; i < n; i++ {
		p.Frames = append(p.Frames, profile.Frame{Address: uint64(i), Function: fmt.Sprint(strings.Repeat("f", 200), i), File: fmt.Sprint(strings.Repeat("g", 200), i), Line: i})
		p.Samples = append(p.Samples, profile.Sample{Stack: []int32{int32(i)}, Values: []int64{1}})
	}
	if err := e.ExportProfiles(context.Background(), []*profile.Profile{p}); err != nil {
		t.Fatal(err)
	}
	for _, r := range c.got() {
		if len(r.message) > 4<<20 {
			t.Errorf("a request of %d bytes", len(r.message))
		}
	}
	if e.Stats().Sent != n || len(c.got()) != 4 {
		t.Errorf("%+v in %d requests", e.Stats(), len(c.got()))
	}
}

// A part has the data points that it is of, and no metric or scope without one.
func TestPartsOfACollection(t *testing.T) {
	all := manySeries(3)
	whole, rest := AppendMetricsRequest(nil, all), metricdata.ResourceMetrics{Resource: all.Resource}
	if n := dataPoints(all); n != 12 || !bytes.Equal(AppendMetricsRequest(nil, part(all, 0, n)), whole) {
		t.Errorf("%d data points", n)
	}
	for i := 0; i < 12; i++ {
		one := part(all, i, i+1)
		if dataPoints(one) != 1 || len(one.ScopeMetrics) != 1 || len(one.ScopeMetrics[0].Metrics) != 1 || one.Resource != all.Resource {
			t.Errorf("data point %d: %+v", i, one)
		}
		rest.ScopeMetrics = append(rest.ScopeMetrics, one.ScopeMetrics...)
	}
	var of []string
	for _, scope := range rest.ScopeMetrics {
		of = append(of, scope.Scope.Name+"/"+scope.Metrics[0].Name)
	}
	if got, want := strings.Join(of, " "), strings.Repeat("first/counter ", 3)+strings.Repeat("first/gauge ", 3)+strings.Repeat("second/histogram ", 3)+strings.Repeat("second/summary ", 3); got+" " != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func manySeries(n int) *metricdata.ResourceMetrics {
	var counter metricdata.Sum[int64]
	var gauge metricdata.Gauge[float64]
	var histogram metricdata.Histogram[float64]
	var summary metricdata.Summary
	for i := 0; i < n; i++ {
		set := attribute.NewSet(attribute.String("series", fmt.Sprint(strings.Repeat("x", 200), i)))
		counter.DataPoints = append(counter.DataPoints, metricdata.DataPoint[int64]{Attributes: set, Value: int64(i)})
		gauge.DataPoints = append(gauge.DataPoints, metricdata.DataPoint[float64]{Attributes: set, Value: float64(i)})
		histogram.DataPoints = append(histogram.DataPoints, metricdata.HistogramDataPoint[float64]{Attributes: set, Count: 1, BucketCounts: []uint64{1}})
		summary.DataPoints = append(summary.DataPoints, metricdata.SummaryDataPoint{Attributes: set, Count: 1,
			QuantileValues: []metricdata.QuantileValue{{Quantile: 0.5, Value: 1}}})
	}
	return &metricdata.ResourceMetrics{Resource: resource.Empty(), ScopeMetrics: []metricdata.ScopeMetrics{
		{Scope: instrumentation.Scope{Name: "first"}, Metrics: []metricdata.Metrics{{Name: "counter", Data: counter}, {Name: "gauge", Data: gauge}}},
		{Scope: instrumentation.Scope{Name: "second"}, Metrics: []metricdata.Metrics{{Name: "histogram", Data: histogram}, {Name: "summary", Data: summary}}},
	}}
}
