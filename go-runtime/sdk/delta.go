// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// preferring is what a producer of cumulative metrics produces, in the
// temporality that an exporter prefers. A producer's monotonic sums are of the
// kind Observable Counter, as it reads them when somebody collects; its other
// sums, which stay cumulative by every preference, of Observable UpDownCounter.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/
func preferring(prefers sdkmetric.TemporalitySelector, from sdkmetric.Producer) sdkmetric.Producer {
	d := &deltaProducer{from: from,
		sums:       prefers(sdkmetric.InstrumentKindObservableCounter) == metricdata.DeltaTemporality,
		histograms: prefers(sdkmetric.InstrumentKindHistogram) == metricdata.DeltaTemporality}
	if !d.sums && !d.histograms {
		return from
	}
	return d
}

// deltaProducer remembers the data points of the last collection.
type deltaProducer struct {
	from             sdkmetric.Producer
	sums, histograms bool

	mu     sync.Mutex
	before map[series]any
	next   map[series]any
}

// series is one data point from collection to collection.
type series struct {
	scope instrumentation.Scope
	name  string
	set   attribute.Distinct
}

func (d *deltaProducer) Produce(ctx context.Context) ([]metricdata.ScopeMetrics, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all, err := d.from.Produce(ctx)
	d.next = make(map[series]any, len(d.before))
	for _, scope := range all {
		for i := range scope.Metrics {
			m := &scope.Metrics[i]
			of := series{scope: scope.Scope, name: m.Name}
			switch data := m.Data.(type) {
			case metricdata.Sum[int64]:
				m.Data = deltaSum(d, of, data)
			case metricdata.Sum[float64]:
				m.Data = deltaSum(d, of, data)
			case metricdata.Histogram[float64]:
				m.Data = d.deltaHistogram(of, data)
			}
		}
	}
	if err == nil {
		d.before = d.next
	}
	return all, err
}

// since is when the difference of two collections begins: at the one before,
// unless what is counted has begun anew after it.
func since(before, start time.Time) time.Time {
	if start.After(before) {
		return start
	}
	return before
}

func deltaSum[N int64 | float64](d *deltaProducer, of series, sum metricdata.Sum[N]) metricdata.Sum[N] {
	if !d.sums || !sum.IsMonotonic || sum.Temporality != metricdata.CumulativeTemporality {
		return sum
	}
	points := make([]metricdata.DataPoint[N], 0, len(sum.DataPoints))
	for _, p := range sum.DataPoints {
		of.set = p.Attributes.Equivalent()
		d.next[of] = p
		if before, ok := d.before[of].(metricdata.DataPoint[N]); ok && before.Value <= p.Value {
			p.StartTime, p.Value = since(before.Time, p.StartTime), p.Value-before.Value
		}
		points = append(points, p)
	}
	sum.Temporality, sum.DataPoints = metricdata.DeltaTemporality, points
	return sum
}

// deltaHistogram's points have neither minimum nor maximum: those are of all time.
func (d *deltaProducer) deltaHistogram(of series, h metricdata.Histogram[float64]) metricdata.Histogram[float64] {
	if !d.histograms || h.Temporality != metricdata.CumulativeTemporality {
		return h
	}
	points := make([]metricdata.HistogramDataPoint[float64], 0, len(h.DataPoints))
	for _, p := range h.DataPoints {
		of.set = p.Attributes.Equivalent()
		d.next[of] = p
		if before, ok := d.before[of].(metricdata.HistogramDataPoint[float64]); ok {
			p = histogramSince(before, p)
		}
		points = append(points, p)
	}
	h.Temporality, h.DataPoints = metricdata.DeltaTemporality, points
	return h
}

// histogramSince is now without before; now itself if that was of another one.
func histogramSince(before, now metricdata.HistogramDataPoint[float64]) metricdata.HistogramDataPoint[float64] {
	if before.Count > now.Count || len(before.BucketCounts) != len(now.BucketCounts) {
		return now
	}
	counts := make([]uint64, len(now.BucketCounts))
	for i, n := range now.BucketCounts {
		if n < before.BucketCounts[i] || i < len(now.Bounds) && now.Bounds[i] != before.Bounds[i] {
			return now
		}
		counts[i] = n - before.BucketCounts[i]
	}
	out := now
	out.StartTime, out.Count, out.Sum, out.BucketCounts = since(before.Time, now.StartTime), now.Count-before.Count, now.Sum-before.Sum, counts
	out.Min, out.Max = metricdata.Extrema[float64]{}, metricdata.Extrema[float64]{}
	return out
}
