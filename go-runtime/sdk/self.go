// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/exporter/otlp"
	"otel.runtime/hook"
	"otel.runtime/telemetry/logs"
)

// self is a metric.Producer of what becomes of the telemetry itself, by the
// semantic conventions for SDKs. What nothing has happened to isn't there.
//
// https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
type self struct{ since time.Time }

func (p self) Produce(context.Context) ([]metricdata.ScopeMetrics, error) {
	s := active.Load()
	if s == nil {
		return nil, nil
	}
	now := time.Now()
	var all []metricdata.Metrics
	add := func(name, unit, description string, good uint64, bad ...failures) {
		var points []metricdata.DataPoint[int64]
		point := func(n uint64, attributes ...attribute.KeyValue) {
			if n > 0 {
				points = append(points, metricdata.DataPoint[int64]{Attributes: attribute.NewSet(attributes...), StartTime: p.since, Time: now, Value: int64(n)})
			}
		}
		point(good)
		for _, f := range bad {
			point(f.n, attribute.String("error.type", f.why))
		}
		if len(points) > 0 {
			all = append(all, metricdata.Metrics{Name: name, Unit: unit, Description: description, Data: metricdata.Sum[int64]{
				Temporality: metricdata.CumulativeTemporality, IsMonotonic: true, DataPoints: points}})
		}
	}
	var added, dropped uint64
	for _, q := range s.queues {
		added, dropped = added+q.Added(), dropped+q.Dropped()
	}
	const processed, exported = "The number of items for which the processing has finished.", "The number of items for which the export has finished."
	add("otel.sdk.processor.span.processed", "{span}", processed, added, failures{"queue_full", dropped})
	if len(s.otlp) > 0 {
		sent := statsOf(s.otlp)
		add("otel.sdk.exporter.span.exported", "{span}", exported, sent.Sent, outcomes(sent)...)
	}
	added, dropped = logs.Counts()
	add("otel.sdk.processor.log.processed", "{log_record}", processed, added, failures{"queue_full", dropped})
	if len(s.logs) > 0 {
		sent := statsOf(s.logs)
		add("otel.sdk.exporter.log.exported", "{log_record}", exported, sent.Sent, outcomes(sent)...)
	}
	add("otel.go.hook.panics", "{panic}", "The number of panics of hooks that were contained.", hook.Panics())
	if len(all) == 0 {
		return nil, nil
	}
	return []metricdata.ScopeMetrics{{Scope: instrumentation.Scope{Name: "otel.runtime/sdk"}, Metrics: all}}, nil
}

// failures counts what failed for one reason, an error.type.
type failures struct {
	why string
	n   uint64
}

func outcomes(s otlp.Stats) []failures {
	return []failures{{"rejected", s.Rejected}, {"not_delivered", s.Failed}}
}
