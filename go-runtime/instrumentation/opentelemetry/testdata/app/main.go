// SPDX-License-Identifier: Apache-2.0

// The program of TestSpansOfTheProgramItself: it uses OpenTelemetry, and hands
// on no context. Each check that fails is a line on stdout.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	_ "otel.runtime/instrumentation/opentelemetry"
	_ "otel.runtime/sdk/start"
)

var tracer = otel.Tracer("app")

// own is whether the provider is the program's own: its roots stay roots.
var own bool

// nowhere is a processor: a provider with none counts as no provider.
type nowhere struct{}

func (nowhere) OnStart(context.Context, sdk.ReadWriteSpan) {}
func (nowhere) OnEnd(sdk.ReadOnlySpan)                     {}
func (nowhere) Shutdown(context.Context) error             { return nil }
func (nowhere) ForceFlush(context.Context) error           { return nil }

func check(ok bool, what string) {
	if !ok {
		fmt.Println("wrong:", what)
	}
}

func start(name string, options ...trace.SpanStartOption) trace.Span {
	_, span := tracer.Start(context.Background(), name, options...)
	return span
}

func parent(span trace.Span) trace.SpanID {
	if read, ok := span.(sdk.ReadOnlySpan); ok {
		return read.Parent().SpanID()
	}
	return trace.SpanID{0xff}
}

func id(span trace.Span) trace.SpanID { return span.SpanContext().SpanID() }

func spans() {
	ctx := context.Background()
	check(!trace.SpanFromContext(ctx).SpanContext().IsValid(), "a span before any")
	check(!trace.SpanFromContext(nil).SpanContext().IsValid(), "a nil context has a span")
	if own {
		roots(ctx)
		return
	}
	a := start("a")
	check(!parent(a).IsValid(), "a has a parent")
	check(id(trace.SpanFromContext(ctx)) == id(a), "SpanFromContext doesn't find a")
	check(trace.SpanContextFromContext(ctx).SpanID() == id(a), "SpanContextFromContext doesn't find a")
	b := start("b")
	check(parent(b) == id(a), "b's parent isn't a")

	root := start("root", trace.WithNewRoot())
	check(!parent(root).IsValid(), "a new root has a parent")
	root.End()

	// A context that has a span wins, also one that says that there is none.
	inA := trace.ContextWithSpan(ctx, a)
	check(id(trace.SpanFromContext(inA)) == id(a), "the span of a context is hidden")
	_, c := tracer.Start(inA, "c")
	check(parent(c) == id(a), "c's parent isn't its context's")
	c.End()
	empty := trace.ContextWithSpanContext(ctx, trace.SpanContext{})
	check(!trace.SpanFromContext(empty).SpanContext().IsValid(), "an explicitly empty context has a span")

	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	check(carrier["traceparent"] != "", "nothing to inject without a context")

	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		d := start("d")
		check(parent(d) == id(b), "d's parent isn't that of the go statement")
		b.End() // another goroutine's
		e := start("e")
		check(parent(e) == id(d), "e's parent isn't d")
		e.End()
		d.End()
		f := start("f")
		check(parent(f) == id(a), "f's parent isn't what is left")
		f.End()
	}()
	wg.Wait()
	check(id(trace.SpanFromContext(ctx)) == id(a), "b is current after its end elsewhere")
	a.End()
	check(!trace.SpanFromContext(ctx).SpanContext().IsValid(), "a span after all")
}

func roots(ctx context.Context) {
	a := start("a")
	check(!trace.SpanFromContext(ctx).SpanContext().IsValid(), "a context has a span that it hasn't in a plain build")
	check(id(current.Span()) == id(a), "a hook doesn't find a")
	b := start("b")
	check(!parent(b).IsValid(), "b isn't a root")
	check(id(current.Span()) == id(b), "a hook doesn't find b")
	b.End()
	check(id(current.Span()) == id(a), "a hook doesn't find a again")
	a.End()
	check(current.Span() == nil, "a span after all")
}

func bags() {
	member, _ := baggage.NewMember("tenant", "a")
	bag, _ := baggage.New(member)
	ctx := baggage.ContextWithBaggage(context.Background(), bag)
	ctx, span := tracer.Start(ctx, "with baggage")
	none := context.Background()
	if own {
		check(baggage.FromContext(none).Len() == 0, "a context has baggage that it hasn't in a plain build")
		span.End()
		return
	}
	check(baggage.FromContext(none).Member("tenant").Value() == "a", "FromContext doesn't find the baggage")
	check(baggage.FromContext(baggage.ContextWithoutBaggage(none)).Len() == 0, "an explicitly empty context has baggage")
	_, inner := tracer.Start(none, "inner")
	check(baggage.FromContext(none).Len() == 1, "an inner span hides the baggage")
	inner.End()
	done := make(chan bool)
	go func() { done <- baggage.FromContext(none).Len() == 1 }()
	check(<-done, "no baggage on a new goroutine")
	span.End()
	check(baggage.FromContext(none).Len() == 0, "baggage after the end")
	check(baggage.FromContext(ctx).Len() == 1, "the context has lost its baggage")
}

// unsampled spans don't record: they are current all the same, or what is
// within would begin a trace of its own.
func unsampled() {
	off := sdk.NewTracerProvider(sdk.WithSampler(sdk.NeverSample()), sdk.WithSpanProcessor(nowhere{})).Tracer("off")
	_, a := off.Start(context.Background(), "a")
	check(id(current.Span()) == id(a), "an unsampled span isn't current")
	b := start("b")
	check(!parent(b).IsValid(), "b is of another provider's trace")
	b.End()
	done := make(chan bool)
	go func() { a.End(); close(done) }()
	<-done
	check(current.Span() == nil, "an unsampled span is current after its end")
}

// idle goroutines don't keep the spans alive under which they were started.
func idle() {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	over := make(chan bool)
	for i := 0; i < 2000; i++ {
		span := start(string(make([]byte, 10000)))
		go func() { <-over }()
		span.End()
	}
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
		fmt.Println("wrong: idle goroutines keep", grown, "bytes of spans that have ended")
	}
	close(over)
}

func main() {
	if os.Args[1] == "own" {
		own = true
		otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(nowhere{})))
	}
	spans()
	bags()
	unsampled()
	idle()
	fmt.Println("done")
}
