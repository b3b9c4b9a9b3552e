// SPDX-License-Identifier: Apache-2.0

// Package spantest records and compares spans, for tests of hooks. It is no part of
// what otel brings into a build.
package spantest

import (
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// Record makes the global provider one that samples by s, and returns the spans
// that have ended.
func Record(t testing.TB, s sdk.Sampler) func() []sdk.ReadOnlySpan {
	provider, propagator := otel.GetTracerProvider(), otel.GetTextMapPropagator()
	t.Cleanup(func() { otel.SetTracerProvider(provider); otel.SetTextMapPropagator(propagator) })
	recorder := tracetest.NewSpanRecorder()
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSampler(s), sdk.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	return recorder.Ended
}

// Only is the one span there is.
func Only(t testing.TB, ended func() []sdk.ReadOnlySpan) sdk.ReadOnlySpan {
	t.Helper()
	spans := ended()
	if len(spans) != 1 {
		t.Fatalf("%d spans have ended, want one", len(spans))
	}
	return spans[0]
}

// Has compares the attributes by their text; "" is for one that isn't to be
// there.
func Has(t testing.TB, all []attribute.KeyValue, want map[attribute.Key]string) {
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
