// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// record makes the global provider one that samples by s, and returns the spans
// that have ended.
func record(t testing.TB, s sdk.Sampler) func() []sdk.ReadOnlySpan {
	provider, propagator := otel.GetTracerProvider(), otel.GetTextMapPropagator()
	t.Cleanup(func() { otel.SetTracerProvider(provider); otel.SetTextMapPropagator(propagator) })
	recorder := tracetest.NewSpanRecorder()
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSampler(s), sdk.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	return recorder.Ended
}

// start starts a span with the tracer of the hooks.
func start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return otel.GetTracerProvider().Tracer(tracer.Name()).Start(ctx, name, options...)
}

// only is the one span there is.
func only(t *testing.T, ended func() []sdk.ReadOnlySpan) sdk.ReadOnlySpan {
	t.Helper()
	spans := ended()
	if len(spans) != 1 {
		t.Fatalf("%d spans have ended, want one", len(spans))
	}
	return spans[0]
}

// has compares the attributes by their text; "" is for one that isn't to be
// there.
func has(t *testing.T, all []attribute.KeyValue, want map[attribute.Key]string) {
	t.Helper()
	got := map[attribute.Key]string{}
	for _, a := range all {
		if _, twice := got[a.Key]; twice {
			t.Errorf("%s is there twice", a.Key)
		}
		got[a.Key] = a.Value.Emit()
	}
	for key, text := range want {
		if got[key] != text {
			t.Errorf("%s = %q, want %q", key, got[key], text)
		}
	}
}

// configure sets the settings for this test.
func configure(t *testing.T, env map[string]string) {
	before := set
	t.Cleanup(func() { set = before })
	set = readSettings(func(name string) string { return env[name] })
}

var background = context.Background()
