// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// dropping is our provider as far as Tracer sees it; it drops all or nothing.
type dropping struct {
	*sdk.TracerProvider
	all bool
}

func (d dropping) Drops(trace.SpanContext) bool { return d.all }
func (d dropping) Own() trace.TracerProvider    { return d.TracerProvider }

// provide makes the global provider one that drops everything.
func provide(t testing.TB) (dropping, *Tracer) {
	before := otel.GetTracerProvider()
	t.Cleanup(func() { otel.SetTracerProvider(before) })
	p := dropping{sdk.NewTracerProvider(sdk.WithSampler(sdk.NeverSample())), true}
	otel.SetTracerProvider(p)
	return p, NewTracer("test")
}

// undescribed is for spans whose attributes nobody may ask for.
func undescribed(t testing.TB) Describe {
	return func(to []attribute.KeyValue) []attribute.KeyValue {
		t.Error("described")
		return to
	}
}

// What Unsampled makes is what the SDK would make, but for the identifiers that are new.
func TestUnsampledIsTheSDKs(t *testing.T) {
	provider, tracer := provide(t)
	state, err := trace.ParseTraceState("vendor=1")
	if err != nil {
		t.Fatal(err)
	}
	for _, config := range []trace.SpanContextConfig{
		{},
		{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: 3, TraceState: state, Remote: true},
		{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceState: state},
		{TraceID: trace.TraceID{1}},
	} {
		of := trace.NewSpanContext(config)
		parent := trace.ContextWithSpanContext(context.Background(), of)
		_, want := provider.Tracer("test").Start(parent, "span")
		ctx, got := tracer.Start(parent, nil, "span", trace.SpanKindInternal, undescribed(t))
		if trace.SpanFromContext(ctx) != got || got.IsRecording() || got.TracerProvider() != want.TracerProvider() {
			t.Errorf("%+v: another span: %v", config, got)
		}
		id := got.SpanContext().SpanID()
		if !id.IsValid() || id == of.SpanID() || !got.SpanContext().TraceID().IsValid() {
			t.Errorf("%+v: %+v", config, got.SpanContext())
		}
		same := want.SpanContext().WithSpanID(id)
		if !of.TraceID().IsValid() {
			same = same.WithTraceID(got.SpanContext().TraceID())
		}
		if !got.SpanContext().Equal(same) {
			t.Errorf("%+v: %+v, the SDK's %+v", config, got.SpanContext(), want.SpanContext())
		}
	}
}

func TestUnsampledHasWhatItsParentHas(t *testing.T) {
	_, tracer := provide(t)
	type key struct{}
	parent, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, "value"))
	ctx, span := tracer.Start(parent, nil, "span", trace.SpanKindInternal, undescribed(t))
	inner, stop := context.WithCancel(ctx)
	defer stop()
	if inner.Value(key{}) != "value" || trace.SpanFromContext(inner) != span || trace.SpanFromContext(parent) == span {
		t.Error("the context lacks something")
	}
	cancel()
	<-inner.Done()
}

func TestOnlyOurProviderDrops(t *testing.T) {
	_, tracer := provide(t)
	if !tracer.Drops(context.Background()) {
		t.Error("not dropped")
	}
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSampler(sdk.NeverSample())))
	if tracer.Drops(context.Background()) {
		t.Error("a provider was not asked")
	}
}

// A span may be pushed on more than one goroutine.
func TestUnsampledIsPushedMoreThanOnce(t *testing.T) {
	main := weave(t)
	_, tracer := provide(t)
	ctx, span := tracer.Start(context.Background(), nil, "span", trace.SpanKindInternal, undescribed(t))
	first := Push(span)
	other := main.start()
	other.run(func() {
		member, err := baggage.NewMember("k", "v")
		if err != nil {
			t.Fatal(err)
		}
		bag, _ := baggage.New(member)
		second := PushWorkContext(baggage.ContextWithBaggage(ctx, bag))
		if Baggage().Len() != 1 {
			t.Error("no baggage")
		}
		defer second.End()
	})
	if Span() != span || Baggage().Len() != 0 {
		t.Error("the other goroutine has changed what is current here")
	}
	first.End()
	if Span() != nil || first.state.Load() != nil {
		t.Error("the span is still held")
	}
}

func TestUnsampledAllocatesItselfAndItsNode(t *testing.T) {
	weave(t)
	_, tracer := provide(t)
	parent := trace.ContextWithSpanContext(context.Background(), newSpan(1).SpanContext())
	if n := testing.AllocsPerRun(100, func() {
		ctx, span := tracer.Start(parent, nil, "span", trace.SpanKindInternal, undescribed(t))
		Push(span).End()
		trace.SpanFromContext(ctx)
	}); n > 2 {
		t.Errorf("%v allocations, want 2", n)
	}
}
