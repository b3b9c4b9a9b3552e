// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"otel.runtime/telemetry/meter"
)

func BenchmarkOperation(b *testing.B) {
	for _, of := range []struct {
		name     string
		provider trace.TracerProvider
		measured bool
	}{
		{"off", noop.NewTracerProvider(), false},
		{"measured", noop.NewTracerProvider(), true},
		{"sampled", sdk.NewTracerProvider(), false},
	} {
		b.Run(of.name, func(b *testing.B) {
			defer func(p trace.TracerProvider, m func() metric.MeterProvider) {
				otel.SetTracerProvider(p)
				meter.Provide = m
			}(otel.GetTracerProvider(), meter.Provide)
			otel.SetTracerProvider(of.provider)
			if meter.Provide = nil; of.measured {
				meters := sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewManualReader()))
				meter.Provide = func() metric.MeterProvider { return meters }
			}
			library, target := New("bench"), Target{System: "postgresql", Namespace: "shop", Address: "db", Port: 5432}
			b.ReportAllocs()
			for b.Loop() {
				all := append(target.Append(make([]attribute.KeyValue, 0, 5)), OperationName.String("SELECT"))
				_, span := Begin(context.Background(), library, "SELECT", trace.SpanKindClient, all)
				span.End(nil, nil)
			}
		})
	}
}
