// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"io"
	"strings"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// MetricExporter is a metric.Exporter.
type MetricExporter struct {
	*delivery
	temporality metric.TemporalitySelector
	exponential bool
	optional    bool
}

var _ metric.Exporter = (*MetricExporter)(nil)

// NewMetrics makes an exporter of metrics. Nothing is dialled before the first
// export. Trouble with an endpoint that beside has told of isn't told again.
// With optional nothing is told, and a collector that doesn't take metrics isn't
// asked again.
func NewMetrics(c Config, temporality metric.TemporalitySelector, beside *Exporter, optional bool) *MetricExporter {
	c.Signal = Metrics
	if optional {
		c.Log = io.Discard
	}
	e := &MetricExporter{delivery: newDelivery(c), temporality: temporality, exponential: c.ExponentialHistograms, optional: optional}
	if !optional && beside != nil && beside.target == e.target {
		e.notice = beside.notice
	}
	return e
}

// Temporality is the configured one.
func (e *MetricExporter) Temporality(kind metric.InstrumentKind) metricdata.Temporality {
	return e.temporality(kind)
}

// Aggregation is the specification's default, but for histograms that are to be
// exponential.
func (e *MetricExporter) Aggregation(kind metric.InstrumentKind) metric.Aggregation {
	if e.exponential && kind == metric.InstrumentKindHistogram {
		return metric.AggregationBase2ExponentialHistogram{MaxSize: 160, MaxScale: 20}
	}
	return metric.DefaultAggregationSelector(kind)
}

// Export delivers one collection, in as many requests as its size asks for. Its
// error is a *DeliveryError.
func (e *MetricExporter) Export(ctx context.Context, all *metricdata.ResourceMetrics) error {
	n := dataPoints(all)
	if n == 0 || e.optional && e.untaken.Load() {
		return nil
	}
	err := e.run(ctx, content{n, func(b []byte, from, to int) []byte { return AppendMetricsRequest(b, part(all, from, to)) }})
	if e.optional {
		return nil // or the SDK's error handler would report it
	}
	return err
}

// ForceFlush has nothing to do: nothing is kept.
func (e *MetricExporter) ForceFlush(context.Context) error { return nil }

// TemporalityFromEnv reads OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE:
// cumulative, delta or lowmemory.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/
func TemporalityFromEnv(getenv func(string) string, report func(string)) metric.TemporalitySelector {
	const name = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"
	cumulative := func(metric.InstrumentKind) metricdata.Temporality { return metricdata.CumulativeTemporality }
	switch v := strings.TrimSpace(getenv(name)); strings.ToLower(v) {
	case "", "cumulative":
	case "delta":
		return func(kind metric.InstrumentKind) metricdata.Temporality {
			switch kind {
			case metric.InstrumentKindUpDownCounter, metric.InstrumentKindObservableUpDownCounter:
				return metricdata.CumulativeTemporality
			}
			return metricdata.DeltaTemporality
		}
	case "lowmemory":
		return func(kind metric.InstrumentKind) metricdata.Temporality {
			switch kind {
			case metric.InstrumentKindCounter, metric.InstrumentKindHistogram:
				return metricdata.DeltaTemporality
			}
			return metricdata.CumulativeTemporality
		}
	default:
		report(name + ": unknown temporality \"" + v + "\"; known are cumulative, delta and lowmemory, cumulative is used")
	}
	return cumulative
}
