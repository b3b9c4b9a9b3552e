// SPDX-License-Identifier: Apache-2.0

// by_hand is the same service instrumented in the usual way, with otelhttp and the official exporters.
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"otel.test/requests/load"
)

func main() {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	if os.Getenv("OTEL_SDK_DISABLED") != "true" {
		start(context.Background())
	}
	load.Print(otelhttp.NewHandler(load.Handler(), "load"), otelhttp.NewTransport(http.DefaultTransport))
}

func start(ctx context.Context) {
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
