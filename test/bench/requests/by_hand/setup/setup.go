// SPDX-License-Identifier: Apache-2.0

// Package setup sets up OpenTelemetry as programs that are instrumented by hand do: the official SDK, with the official
// exporters over gRPC.
package setup

import (
	"context"
	"log"
	"os"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// Start sets the global propagator and, unless OTEL_SDK_DISABLED is true, the global providers. With OTEL_TRACES_EXPORTER=none
// spans are recorded for an exporter that forgets them, and there are no metrics.
func Start(ctx context.Context) {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	if os.Getenv("OTEL_SDK_DISABLED") == "true" {
		return
	}
	if os.Getenv("OTEL_TRACES_EXPORTER") == "none" {
		otel.SetTracerProvider(trace.NewTracerProvider(trace.WithBatcher(tracetest.NewNoopExporter())))
		return
	}
	spans, err := otlptracegrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	metrics, err := otlpmetricgrpc.New(ctx)
	if err != nil {
		log.Fatal(err)
	}
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithBatcher(spans)))
	otel.SetMeterProvider(metric.NewMeterProvider(metric.WithReader(metric.NewPeriodicReader(metrics))))
}
