// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/embedded"
)

// recording gives a provider with what its spans are recorded in.
func recording() (*sdktrace.TracerProvider, *tracetest.SpanRecorder) {
	r := tracetest.NewSpanRecorder()
	return sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(r)), r
}

func TestScopeHasOneTracer(t *testing.T) {
	own, _ := recording()
	p := newYielding(own, dropsNothing)
	one := p.Tracer("scope", trace.WithInstrumentationVersion("1"))
	if p.Tracer("scope", trace.WithInstrumentationVersion("1")) != one {
		t.Error("another one for the same scope")
	}
	if p.Tracer("scope", trace.WithInstrumentationVersion("2")) == one || p.Tracer("other", trace.WithInstrumentationVersion("1")) == one {
		t.Error("the same one for another scope")
	}
}

func dropsNothing(trace.SpanContext) bool { return false }

// wrapper is a program's provider that passes everything on. Its type can't be
// compared.
type wrapper struct {
	embedded.TracerProvider
	around trace.TracerProvider
	_      []int
}

func (w wrapper) Tracer(name string, options ...trace.TracerOption) trace.Tracer {
	return wrapped{around: w.around.Tracer(name, options...)}
}

type wrapped struct {
	embedded.Tracer
	around trace.Tracer
}

func (w wrapped) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return w.around.Start(ctx, "wrapped "+name, options...)
}

// A program may build its provider from the one that it finds: ours.
func TestProviderAroundOurs(t *testing.T) {
	own, ended := recording()
	ours := newYielding(own, dropsNothing)
	otel.SetTracerProvider(ours)
	before := otel.Tracer("before")
	otel.SetTracerProvider(wrapper{around: ours})
	ctx, parent := before.Start(context.Background(), "parent")
	_, child := before.Start(ctx, "child")
	child.End()
	parent.End()
	got := ended.Ended()
	if len(got) != 2 || got[0].Name() != "wrapped child" || got[1].Name() != "wrapped parent" || got[0].Parent().SpanID() != got[1].SpanContext().SpanID() {
		t.Errorf("%d spans", len(got))
	}
}

func TestTracersFollowEachProvider(t *testing.T) {
	own, ended := recording()
	ours := newYielding(own, dropsNothing)
	otel.SetTracerProvider(ours)
	tracer := otel.Tracer("t")
	first, firstEnded := recording()
	second, secondEnded := recording()
	for _, provider := range []trace.TracerProvider{ours, first, second, first, ours} {
		otel.SetTracerProvider(provider)
		for i := 0; i < 2; i++ {
			_, span := tracer.Start(context.Background(), "a")
			span.End()
		}
	}
	if len(ended.Ended()) != 4 || len(firstEnded.Ended()) != 4 || len(secondEnded.Ended()) != 2 {
		t.Errorf("%d %d %d", len(ended.Ended()), len(firstEnded.Ended()), len(secondEnded.Ended()))
	}
}

func BenchmarkTracerStart(b *testing.B) {
	own := sdktrace.NewTracerProvider(sdktrace.WithSampler(sdktrace.NeverSample()))
	ours := newYielding(own, dropsNothing)
	otel.SetTracerProvider(ours)
	for name, tracer := range map[string]trace.Tracer{"sdk": own.Tracer("t"), "yielding": ours.Tracer("t")} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				_, span := tracer.Start(context.Background(), "a")
				span.End()
			}
		})
	}
}

func BenchmarkFlushOfNothing(b *testing.B) {
	s, _ := with()
	made := s.newProvider(nil)
	active.Store(made)
	defer active.Store(nil)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if err := Flush(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
