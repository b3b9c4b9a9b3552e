// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// A provider without processors gives way to ours until it has one; its spans
// aren't seen, and what was there before them is.
func TestProviderThatLeadsNowhere(t *testing.T) {
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	defer fallback.Store(fallback.Load())
	own, ours := sdk.NewTracerProvider(), sdk.NewTracerProvider()
	leads := false
	SilentSDK = func(of any) bool { return of == any(own) && !leads }
	muted.Store(true)
	defer func() { SilentSDK = nil; muted.Store(false) }()
	SetFallback(ours)
	otel.SetTracerProvider(own)

	tracer := NewTracer(hookScopes + "test")
	for _, leads = range []bool{false, true, false} {
		_, span := tracer.Start(context.Background(), nil, "a", trace.SpanKindServer, nothing)
		if is := span.TracerProvider() == trace.TracerProvider(own); is != leads {
			t.Errorf("with a processor: %v, and the span is of the program's provider: %v", leads, is)
		}
	}

	ctx, hooks := tracer.Start(context.Background(), nil, "served", trace.SpanKindServer, nothing)
	ctx, _ = own.Tracer("otelhttp").Start(ctx, "served", trace.WithSpanKind(trace.SpanKindServer))
	if span := trace.SpanFromContext(Context(ctx)); span != hooks {
		t.Errorf("behind the program's span is %v", span)
	}
	if span, carries := Decides(ctx); span != hooks || !carries {
		t.Errorf("what decides is %v, %v", span, carries)
	}
	if Doubled(ctx, trace.SpanKindServer, hookScopes+"nethttp") {
		t.Error("a span that leads nowhere is taken for ours")
	}
	ctx, _ = own.Tracer("own").Start(context.Background(), "own")
	if span, carries := Decides(ctx); span != nil || carries || trace.SpanContextFromContext(Context(ctx)).IsValid() {
		t.Errorf("what decides is %v, %v", span, carries)
	}
}

func TestMeterProviderWithoutReaders(t *testing.T) {
	if !CountsAsNone(sdkmetric.NewMeterProvider()) {
		t.Error("one without readers counts")
	}
	if CountsAsNone(sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewManualReader()))) {
		t.Error("one with a reader counts as none")
	}
}
