// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// provider isn't comparable, and counts the tracers that it gives.
type provider struct {
	trace.TracerProvider
	given *int
	_     []int
}

func (p provider) Tracer(name string, options ...trace.TracerOption) trace.Tracer {
	*p.given++
	return noop.NewTracerProvider().Tracer(name, options...)
}

func TestTracerFollowsTheGlobalProvider(t *testing.T) {
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	var first, second int
	tracer := NewTracer("test")
	for i := 0; i < 3; i++ {
		if i == 0 {
			otel.SetTracerProvider(provider{given: &first})
		}
		tracer.Start(context.Background(), nil, "a", trace.SpanKindInternal, nothing)
	}
	otel.SetTracerProvider(provider{given: &second})
	for i := 0; i < 3; i++ {
		tracer.Start(context.Background(), nil, "b", trace.SpanKindInternal, nothing)
	}
	if first != 1 || second != 1 {
		t.Errorf("asked the first provider %d times, the second %d times, want once each", first, second)
	}
}

func nothing(to []attribute.KeyValue) []attribute.KeyValue { return to }

func BenchmarkTracer(b *testing.B) {
	tracer := NewTracer("test")
	for i := 0; i < b.N; i++ {
		if tracer.get() == nil {
			b.Fatal()
		}
	}
}
