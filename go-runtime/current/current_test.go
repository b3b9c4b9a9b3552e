// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"unsafe"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// goroutine stands for one goroutine of a woven runtime: its word.
type goroutine struct{ word unsafe.Pointer }

// running is the goroutine whose word the package under test sees.
var running *goroutine

// start is a go statement: the new goroutine has this one's word.
func (g *goroutine) start() *goroutine { return &goroutine{g.word} }

// run lets g run for a while.
func (g *goroutine) run(f func()) {
	before := running
	running = g
	defer func() { running = before }()
	f()
}

// weave gives this test a woven runtime with one goroutine, and runs it.
func weave(t testing.TB) *goroutine {
	load, store := loadWord, storeWord
	t.Cleanup(func() { loadWord, storeWord, running = load, store, nil })
	loadWord = func() unsafe.Pointer { return running.word }
	storeWord = func(p unsafe.Pointer) { running.word = p }
	running = &goroutine{}
	return running
}

// span is a recording span until it is ended.
type span struct {
	trace.Span
	id    byte
	ended atomic.Bool
}

func newSpan(id byte) *span { return &span{Span: noop.Span{}, id: id} }

func (s *span) IsRecording() bool          { return !s.ended.Load() }
func (s *span) End(...trace.SpanEndOption) { s.ended.Store(true) }
func (s *span) SpanContext() trace.SpanContext {
	return trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{s.id}})
}

// unsampled is a span that never records.
func unsampled(id byte) trace.Span {
	ctx := trace.ContextWithSpanContext(context.Background(), newSpan(id).SpanContext())
	return trace.SpanFromContext(ctx)
}

// is checks the current span by its id; 0 is none.
func is(t *testing.T, want byte) {
	t.Helper()
	if got := SpanContext().SpanID(); got != (trace.SpanID{want}) {
		t.Fatalf("current span is %v, want %d", got, want)
	}
}

func TestNothingIsCurrentWithoutAWovenRuntime(t *testing.T) {
	n := Push(newSpan(1))
	is(t, 0)
	ctx := context.Background()
	if Context(ctx) != ctx || Span() != nil || Suppressed() || Baggage().Len() != 0 {
		t.Error("something is current")
	}
	n.End()
	n.Unwind()
	ran := false
	Suppress(func() { ran = true })
	if !ran {
		t.Error("the suppressed function wasn't called")
	}
}

func TestNewestUnendedSpanIsCurrent(t *testing.T) {
	weave(t)
	a, b, c := Push(newSpan(1)), Push(newSpan(2)), Push(newSpan(3))
	is(t, 3)
	b.End()
	is(t, 3)
	c.End()
	is(t, 1)
	a.End()
	is(t, 0)
	a.End()
	is(t, 0)
}

func TestSpanEndedElsewhereIsSkippedAndLetGo(t *testing.T) {
	weave(t)
	Push(newSpan(1))
	inner := newSpan(2)
	n := Push(inner)
	inner.End()
	is(t, 1)
	if n.state.Load() != nil {
		t.Error("the ended span is still held")
	}
}

func TestUnsampledSpanIsCurrentUntilItsNodeEnds(t *testing.T) {
	weave(t)
	n := Push(unsampled(7))
	is(t, 7)
	n.End()
	is(t, 0)
}

func TestStartedGoroutineSharesWhatWasCurrent(t *testing.T) {
	parent := weave(t)
	Push(newSpan(1))
	b := Push(newSpan(2))
	child := parent.start()
	Push(newSpan(3))
	child.run(func() {
		is(t, 2)
		own := Push(newSpan(4))
		is(t, 4)
		own.End()
	})
	is(t, 3)
	b.End()
	child.run(func() { is(t, 1) })
	is(t, 3)
}

func TestWorkerBornInARequestDoesNotKeepItsSpan(t *testing.T) {
	main := weave(t)
	request := main.start()
	var worker *goroutine
	var node *Node
	request.run(func() {
		node = Push(newSpan(1))
		worker = request.start()
	})
	request.run(node.Unwind)
	if node.state.Load() != nil {
		t.Error("the idle worker keeps the span alive")
	}
	worker.run(func() {
		is(t, 0)
		if ctx := context.Background(); Context(ctx) != ctx {
			t.Error("the next task has a parent")
		}
	})
}

func TestUnwindDropsWhatAHandlerForgot(t *testing.T) {
	weave(t)
	outer := Push(newSpan(1))
	server := Push(newSpan(2))
	Push(newSpan(3))
	server.Unwind()
	is(t, 1)
	outer.Unwind()
	is(t, 0)
}

// A message may be handed back in a function with a span that was called since.
func TestHandBackKeepsWhatGoesOn(t *testing.T) {
	g := weave(t)
	outer := Push(newSpan(1))
	first := Push(newSpan(2))
	track(context.Background(), newSpan(3)) // the program has forgotten it
	first.HandBack()
	is(t, 1)
	second := Push(newSpan(4))
	function := Push(newSpan(5))
	second.HandBack()
	is(t, 5)
	function.End()
	is(t, 1)
	third := Push(newSpan(6))
	g.run(func() { outer.End() })
	third.HandBack()
	is(t, 0)
	(*Node)(nil).HandBack()
}

// The tracer and the hook that called it may both push a span.
func TestSameSpanPushedTwiceIsOneEntry(t *testing.T) {
	weave(t)
	s := unsampled(5)
	first := Push(s)
	second := PushContext(trace.ContextWithSpan(context.Background(), s))
	second.End()
	is(t, 0)
	if first.state.Load() == nil {
		t.Error("the first node was ended, though another goroutine may share it")
	}
}

func TestContextTakesOnlyWhatItLacks(t *testing.T) {
	weave(t)
	member, err := baggage.NewMember("tenant", "a")
	if err != nil {
		t.Fatal(err)
	}
	bag, err := baggage.New(member)
	if err != nil {
		t.Fatal(err)
	}
	server := baggage.ContextWithBaggage(trace.ContextWithSpan(context.Background(), newSpan(1)), bag)
	PushWorkContext(server)
	Push(newSpan(2))
	if Baggage().Member("tenant").Value() != "a" {
		t.Error("an inner span hides the request's baggage")
	}

	for name, ctx := range map[string]context.Context{"background": context.Background(), "nil": nil} {
		got := Context(ctx)
		if trace.SpanContextFromContext(got).SpanID() != (trace.SpanID{2}) || baggage.FromContext(got).Len() != 1 {
			t.Errorf("%s: span or baggage isn't there", name)
		}
	}
	own := trace.ContextWithSpan(context.Background(), newSpan(9))
	if Context(own) != own {
		t.Error("a context with a span was changed")
	}
}

func TestSuppressHoldsInFAndInGoroutinesStartedThere(t *testing.T) {
	main := weave(t)
	Push(newSpan(1))
	var exporter *goroutine
	Suppress(func() {
		is(t, 0)
		Push(newSpan(2)) // a span that the exporter starts itself
		if !Suppressed() {
			t.Error("a span ended the suppression")
		}
		exporter = main.start()
	})
	if Suppressed() {
		t.Error("suppressed after f")
	}
	is(t, 1)
	exporter.run(func() {
		if !Suppressed() {
			t.Error("a goroutine started in f isn't suppressed")
		}
	})
}

func TestSuppressEndsWithAPanic(t *testing.T) {
	weave(t)
	func() {
		defer func() { _ = recover() }()
		Suppress(func() { panic("boom") })
	}()
	if Suppressed() {
		t.Error("suppressed after a panic")
	}
}

// One goroutine starts spans, others end them a little later, so that the
// newest one is never over; a node is told in half of the cases.
func TestSpansEndedByOthersDoNotPileUp(t *testing.T) {
	const window = 50
	weave(t)
	var open [window]struct {
		span *span
		node *Node
	}
	for i := 0; i < 200000; i++ {
		slot := &open[i%window]
		if slot.span != nil {
			slot.span.End()
			if i%2 == 0 {
				slot.node.End()
			}
		}
		slot.span = newSpan(byte(i%250) + 1)
		slot.node = Push(slot.span)
	}
	length := 0
	for n := head(); n != nil; n = n.previous.Load() {
		length++
	}
	if length < window || length > 2*window+firstTrim+1 {
		t.Errorf("%d nodes for %d open spans", length, window)
	}
	for _, slot := range open {
		slot.span.End()
	}
	is(t, 0)
	if head() != nil {
		t.Error("nodes left")
	}
}

func TestEndedSpansAreCollected(t *testing.T) {
	main := weave(t)
	collected := make(chan struct{})
	var idle *goroutine
	func() {
		s := newSpan(1)
		runtime.SetFinalizer(s, func(*span) { close(collected) })
		n := Push(s)
		idle = main.start()
		n.End()
	}()
	for i := 0; i < 100; i++ {
		runtime.GC()
		select {
		case <-collected:
			idle.run(func() { is(t, 0) })
			return
		default:
		}
	}
	t.Error("an ended span is reachable")
}

func BenchmarkPushEnd(b *testing.B) {
	weave(b)
	Push(newSpan(1))
	s := newSpan(2)
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		Push(s).End()
	}
}

func BenchmarkSuppressed(b *testing.B) {
	weave(b)
	Push(newSpan(1))
	for i := 0; i < b.N; i++ {
		if Suppressed() {
			b.Fatal()
		}
	}
}
