// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"otel.runtime/telemetry/meter"
)

func TestSpanAndDurationTellTheSame(t *testing.T) {
	defer func(p trace.TracerProvider, m func() metric.MeterProvider) {
		otel.SetTracerProvider(p)
		meter.Provide = m
	}(otel.GetTracerProvider(), meter.Provide)
	reader := sdkmetric.NewManualReader()
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	meter.Provide = func() metric.MeterProvider { return meters }
	recorder := tracetest.NewSpanRecorder()
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)))

	library := New("test")
	target := Target{System: "postgresql", Namespace: "shop", Address: "db", Port: 5432}
	all := append(target.Append(nil), OperationName.String("SELECT"), CollectionName.String("users"),
		QueryText.String("SELECT ?"), QuerySummary.String("SELECT users"))
	for _, kind := range []trace.SpanKind{trace.SpanKindClient, trace.SpanKindInternal} {
		ctx, span := Begin(context.Background(), library, "SELECT users", kind, all)
		if !trace.SpanContextFromContext(ctx).IsValid() {
			t.Fatal("no span in the context")
		}
		span.End(nil, Answered("42P01"))
	}
	if _, span := Begin(nil, library, "x", trace.SpanKindClient, nil); span == nil {
		t.Error("no span without a context")
	}

	spans := recorder.Ended()
	if len(spans) != 2 || spans[0].Status().Code != codes.Error || spans[0].Status().Description != "" {
		t.Fatalf("%d spans, %+v", len(spans), spans[0].Status())
	}
	got := attribute.NewSet(spans[0].Attributes()...)
	want := attribute.NewSet(append(all, ErrorType.String("42P01"), ResponseStatusCode.String("42P01"))...)
	if got != want {
		t.Errorf("got %v", spans[0].Attributes())
	}

	var metrics metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &metrics); err != nil {
		t.Fatal(err)
	}
	scope := metrics.ScopeMetrics[0]
	histogram, ok := scope.Metrics[0].Data.(metricdata.Histogram[float64])
	if !ok || scope.Metrics[0].Name != "db.client.operation.duration" || scope.Metrics[0].Unit != "s" || len(histogram.DataPoints) != 1 {
		t.Fatalf("%+v", scope.Metrics)
	}
	point := histogram.DataPoints[0]
	measured, _ := attribute.NewSetWithFiltered(want.ToSlice(), func(a attribute.KeyValue) bool { return a.Key != QueryText })
	if point.Count != 1 || point.Attributes != measured {
		t.Errorf("%d with %v", point.Count, point.Attributes.ToSlice())
	}
}

func TestOperationsAreMeasuredWithoutSpans(t *testing.T) {
	defer func(p trace.TracerProvider, m func() metric.MeterProvider) {
		otel.SetTracerProvider(p)
		meter.Provide = m
	}(otel.GetTracerProvider(), meter.Provide)
	otel.SetTracerProvider(noop.NewTracerProvider())
	meter.Provide = func() metric.MeterProvider { return nil }
	ctx := context.Background()
	with, span := Begin(ctx, New("test"), "x", trace.SpanKindClient, nil)
	if with != ctx || span == nil {
		t.Errorf("%v, %v", with, span)
	}
	span.End(nil, nil)
	meter.Provide = nil
	with, span = Begin(ctx, New("test"), "x", trace.SpanKindClient, nil)
	if with != ctx || span != nil {
		t.Errorf("%v, %v", with, span)
	}
	span.Set(OperationName.String("x"))
	span.Rename("y")
	span.Event("z")
	span.End(nil, nil)
}
