// SPDX-License-Identifier: Apache-2.0

package console

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// MetricExporter is a metric.Exporter that prints one line for each data point.
// It is the exporter behind OTEL_METRICS_EXPORTER=console.
type MetricExporter struct {
	mu  sync.Mutex
	out io.Writer
}

var _ metric.Exporter = (*MetricExporter)(nil)

// NewMetrics prints to out, or to stderr if it is nil.
func NewMetrics(out io.Writer) *MetricExporter {
	if out == nil {
		out = os.Stderr
	}
	return &MetricExporter{out: out}
}

// Temporality is cumulative.
func (e *MetricExporter) Temporality(metric.InstrumentKind) metricdata.Temporality {
	return metricdata.CumulativeTemporality
}

// Aggregation is the specification's default.
func (e *MetricExporter) Aggregation(kind metric.InstrumentKind) metric.Aggregation {
	return metric.DefaultAggregationSelector(kind)
}

// Export prints all at once, so that lines of the program don't come between.
func (e *MetricExporter) Export(_ context.Context, all *metricdata.ResourceMetrics) error {
	var text strings.Builder
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			printMetric(&text, m)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	_, err := io.WriteString(e.out, text.String())
	return err
}

// ForceFlush has nothing to do: nothing is kept.
func (e *MetricExporter) ForceFlush(context.Context) error { return nil }

// Shutdown has nothing to do either.
func (e *MetricExporter) Shutdown(context.Context) error { return nil }

func printMetric(w io.Writer, m metricdata.Metrics) {
	switch data := m.Data.(type) {
	case metricdata.Gauge[int64]:
		printNumbers(w, m, data.DataPoints)
	case metricdata.Gauge[float64]:
		printNumbers(w, m, data.DataPoints)
	case metricdata.Sum[int64]:
		printNumbers(w, m, data.DataPoints)
	case metricdata.Sum[float64]:
		printNumbers(w, m, data.DataPoints)
	case metricdata.Histogram[int64]:
		printHistogram(w, m, data.DataPoints)
	case metricdata.Histogram[float64]:
		printHistogram(w, m, data.DataPoints)
	case metricdata.Summary:
		for _, p := range data.DataPoints {
			fmt.Fprintf(w, "metric %s count=%d sum=%.6g %s%s\n", m.Name, p.Count, p.Sum, m.Unit, labels(p.Attributes))
		}
	}
}

type number interface{ int64 | float64 }

func printNumbers[N number](w io.Writer, m metricdata.Metrics, points []metricdata.DataPoint[N]) {
	for _, p := range points {
		fmt.Fprintf(w, "metric %s %v %s%s\n", m.Name, p.Value, m.Unit, labels(p.Attributes))
	}
}

func printHistogram[N number](w io.Writer, m metricdata.Metrics, points []metricdata.HistogramDataPoint[N]) {
	for _, p := range points {
		mean := 0.0
		if p.Count > 0 {
			mean = float64(p.Sum) / float64(p.Count)
		}
		fmt.Fprintf(w, "metric %s count=%d mean=%.6g %s%s\n", m.Name, p.Count, mean, m.Unit, labels(p.Attributes))
	}
}

func labels(set attribute.Set) string {
	var text strings.Builder
	for i := set.Iter(); i.Next(); {
		kv := i.Attribute()
		fmt.Fprintf(&text, "  %s=%s", kv.Key, kv.Value.Emit())
	}
	return text.String()
}
