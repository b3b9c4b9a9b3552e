// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// looking is a sampler that notes how many attributes it is shown.
type looking struct {
	sdk.Sampler
	seen []int
}

func (l *looking) ShouldSample(p sdk.SamplingParameters) sdk.SamplingResult {
	l.seen = append(l.seen, len(p.Attributes))
	return l.Sampler.ShouldSample(p)
}

// A sampler of the program's sees the attributes; the spans are the same with our provider.
func TestAttributesOfAStart(t *testing.T) {
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	one := func(to []attribute.KeyValue) []attribute.KeyValue { return append(to, attribute.String("a", "1")) }
	two := func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, attribute.String("b", "2"), attribute.String("c", "3"))
	}
	for _, isOurs := range []bool{true, false} {
		sampler, recorder := &looking{Sampler: sdk.AlwaysSample()}, tracetest.NewSpanRecorder()
		weave(t)
		provider := sdk.NewTracerProvider(sdk.WithSampler(sampler), sdk.WithSpanProcessor(recorder))
		wantSeen := 1
		if otel.SetTracerProvider(provider); isOurs {
			otel.SetTracerProvider(dropping{provider, false})
			wantSeen = 0
		}
		tracer := NewTracer("test")
		parent, outer := tracer.Start(context.Background(), nil, "outer", trace.SpanKindServer, one)
		Push(outer)
		_, root := tracer.Start(context.Background(), nil, "root", trace.SpanKindServer, one)
		_, inner := tracer.Start(parent, nil, "inner", trace.SpanKindClient, one)
		tracer.Set(inner, two)
		for _, span := range []trace.Span{inner, root, outer} {
			span.End()
		}
		tracer.Set(inner, two) // too late
		ended := recorder.Ended()
		if len(ended) != 3 || len(sampler.seen) != 3 || sampler.seen[0] != wantSeen {
			t.Fatalf("ours %v: %d spans, attributes seen %v", isOurs, len(ended), sampler.seen)
		}
		if got := attribute.NewSet(ended[0].Attributes()...); got != attribute.NewSet(two(one(nil))...) {
			t.Errorf("ours %v: %v", isOurs, ended[0].Attributes())
		}
		if ended[0].Parent().SpanID() != outer.SpanContext().SpanID() || ended[1].Parent().IsValid() ||
			ended[1].SpanContext().TraceID() == outer.SpanContext().TraceID() || ended[2].SpanKind() != trace.SpanKindServer {
			t.Errorf("ours %v: wrong parents or kinds", isOurs)
		}
	}
}

// The memory of a list is used again, for another span; what it had isn't.
func TestListsAreUsedAgain(t *testing.T) {
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	recorder := tracetest.NewSpanRecorder()
	otel.SetTracerProvider(dropping{sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)), false})
	tracer := NewTracer("test")
	for i := range 100 {
		_, span := tracer.Start(context.Background(), nil, "span", trace.SpanKindClient, func(to []attribute.KeyValue) []attribute.KeyValue {
			if len(to) > 0 || cap(to) > 0 && to[:1][0].Valid() {
				t.Fatal("a list has something in it")
			}
			for n := range i % 20 {
				to = append(to, attribute.Int(string(rune('a'+n)), i))
			}
			return to
		})
		span.End()
	}
	for i, span := range recorder.Ended() {
		if len(span.Attributes()) != i%20 {
			t.Fatalf("span %d has %v", i, span.Attributes())
		}
		for _, a := range span.Attributes() {
			if a.Value.AsInt64() != int64(i) {
				t.Fatalf("span %d has %v", i, span.Attributes())
			}
		}
	}
}

// configured is our provider, of a tracer that notes how spans are started.
type configured struct {
	noop.TracerProvider
	started []trace.SpanConfig
	asked   []trace.SpanContext
}

func (c *configured) Own() trace.TracerProvider { return c }
func (c *configured) Drops(parent trace.SpanContext) bool {
	c.asked = append(c.asked, parent)
	return false
}
func (c *configured) Tracer(string, ...trace.TracerOption) trace.Tracer {
	return configuredTracer{of: c}
}

type configuredTracer struct {
	noop.Tracer
	of *configured
}

func (t configuredTracer) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	t.of.started = append(t.of.started, trace.NewSpanStartConfig(options...))
	return t.Tracer.Start(ctx, name, options...)
}

// What a goroutine did before is the parent of what it does next, but not of a
// request that it serves.
func TestParentsAndTheGoroutine(t *testing.T) {
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	weave(t)
	provider := &configured{}
	otel.SetTracerProvider(provider)
	tracer := NewTracer("test")
	remote := trace.ContextWithSpanContext(context.Background(), newSpan(9).SpanContext())
	start := func(ctx context.Context, kind trace.SpanKind) (root bool) {
		tracer.Start(ctx, nil, "span", kind, undescribed(t)) // as it doesn't record
		config := provider.started[len(provider.started)-1]
		if config.SpanKind() != kind {
			t.Errorf("kind %v, want %v", config.SpanKind(), kind)
		}
		return config.NewRoot()
	}
	if start(context.Background(), trace.SpanKindServer) {
		t.Error("a new root where nothing is current")
	}
	Push(newSpan(7))
	if !start(context.Background(), trace.SpanKindServer) {
		t.Error("a request has the goroutine's span as its parent")
	}
	if start(remote, trace.SpanKindServer) || start(context.Background(), trace.SpanKindClient) {
		t.Error("a new root in spite of a parent")
	}
	provider.asked = nil
	tracer.Drops(remote)
	tracer.Drops(context.Background())
	if len(provider.asked) != 2 || provider.asked[0].SpanID() != (trace.SpanID{9}) || provider.asked[1].SpanID() != (trace.SpanID{7}) {
		t.Errorf("asked for %v", provider.asked)
	}
}

// A tracer that starts spans only within traces begins none: with our provider, and with another.
func TestWithinTraces(t *testing.T) {
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	nothing := func(to []attribute.KeyValue) []attribute.KeyValue { return to }
	for _, isOurs := range []bool{true, false} {
		weave(t)
		recorder := tracetest.NewSpanRecorder()
		provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder))
		if otel.SetTracerProvider(provider); isOurs {
			otel.SetTracerProvider(dropping{provider, false})
		}
		tracer := NewTracer("test").WithinTraces()
		ctx, root := tracer.Start(context.Background(), nil, "root", trace.SpanKindClient, nothing)
		if !tracer.Drops(context.Background()) || root.IsRecording() || !root.SpanContext().IsValid() {
			t.Errorf("ours %v: a trace is begun", isOurs)
		}
		_, beneath := tracer.Start(ctx, nil, "beneath", trace.SpanKindClient, nothing)
		beneath.End()
		root.End()
		ctx, parent := NewTracer("other").Start(context.Background(), nil, "parent", trace.SpanKindServer, nothing)
		_, child := tracer.Start(ctx, nil, "child", trace.SpanKindClient, nothing)
		if tracer.Drops(ctx) || !child.IsRecording() {
			t.Errorf("ours %v: a child isn't recorded", isOurs)
		}
		child.End()
		parent.End()
		if ended := recorder.Ended(); len(ended) != 2 {
			t.Errorf("ours %v: %d spans", isOurs, len(ended))
		}
	}
}
