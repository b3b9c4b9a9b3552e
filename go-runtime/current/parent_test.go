// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// starter starts spans as a tracer of a program's own does, in a woven SDK.
type starter struct {
	t        *testing.T
	provider *sdk.TracerProvider
}

func newStarter(t *testing.T, ours bool) starter {
	weave(t)
	s := starter{t, sdk.NewTracerProvider()}
	if ours {
		SetOurs(s.provider, nil)
		t.Cleanup(func() { ownSDK.Store(nil) })
	}
	t.Cleanup(func() { siteOf = nil })
	return s
}

// start starts one at a call site.
func (s starter) start(ctx context.Context, site uintptr) trace.Span {
	siteOf = func() uintptr { return site }
	_, instead, started := BeforeStart(&ctx, s.provider, "app", "span", nil)
	if instead != nil {
		s.t.Fatal("adopted")
	}
	_, span := started.Track(s.provider.Tracer("app").Start(ctx, "span"))
	return span
}

// childOf checks the parent of a span; nil is none.
func (s starter) childOf(what string, span, parent trace.Span) {
	s.t.Helper()
	want := trace.SpanID{}
	if parent != nil {
		want = parent.SpanContext().SpanID()
	}
	if got := span.(described).Parent().SpanID(); got != want {
		s.t.Errorf("%s: parent is %v, want %v", what, got, want)
	}
}

// work is a hook's span.
func (s starter) work() (trace.Span, *Node) {
	ctx, span := s.provider.Tracer("otel.runtime/nethttp").Start(context.Background(), "GET", trace.WithSpanKind(trace.SpanKindServer))
	return span, PushWorkContext(ctx)
}

var background = context.Background()

func TestRootsOfAnotherProviderStayRoots(t *testing.T) {
	s := newStarter(t, false)
	a := s.start(background, 1)
	b := s.start(background, 2)
	s.childOf("b", b, nil)
	if Answer(background) != nil || Span() != b {
		t.Error("the program sees a span that its context hasn't, or a hook doesn't")
	}
	runtime.KeepAlive(a)
}

func TestParentByOurProviderIsTheNewest(t *testing.T) {
	s := newStarter(t, true)
	a := s.start(background, 1)
	b := s.start(background, 2)
	s.childOf("b", b, a)
	if Answer(background) != b {
		t.Error("the program doesn't see b")
	}
	b.End()
	s.childOf("c", s.start(background, 3), a)
	runtime.KeepAlive(a)
}

func TestParentInWorkIsTheNewestOfItsTrace(t *testing.T) {
	s := newStarter(t, false)
	server, node := s.work()
	a := s.start(background, 1)
	s.childOf("a", a, server)
	detached := s.start(trace.ContextWithSpan(background, nil), 2)
	s.childOf("detached", detached, nil)
	var more []trace.Span
	for i := 0; i < 100; i++ {
		more = append(more, s.start(trace.ContextWithSpan(background, nil), 2))
	}
	b := s.start(background, 3)
	s.childOf("b", b, a)
	b.End()
	if Answer(background) != a {
		t.Error("the program sees another span than a")
	}
	node.Unwind()
	s.childOf("after the work", s.start(background, 4), nil)
	runtime.KeepAlive([]any{detached, more})
}

func TestContextWithASpanKeyDecides(t *testing.T) {
	s := newStarter(t, true)
	a := s.start(background, 1)
	in := trace.ContextWithSpan(background, a)
	b := s.start(background, 2)
	type embedding struct {
		int
		context.Context
	}
	cancelled, cancel := context.WithCancel(trace.ContextWithSpan(in, nil))
	defer cancel()
	for what, ctx := range map[string]context.Context{
		"not valid":            trace.ContextWithSpanContext(in, trace.SpanContext{}),
		"nil":                  trace.ContextWithSpan(in, nil),
		"nil, further up":      context.WithValue(cancelled, 1, 2),
		"nil, without cancel":  context.WithoutCancel(cancelled),
		"nil, within a struct": &embedding{1, cancelled},
		"nil, within a value":  embedding{1, cancelled},
	} {
		span := s.start(ctx, 3)
		s.childOf(what, span, nil)
		span.End()
		if Context(ctx) != ctx || Answer(ctx) != nil {
			t.Errorf("%s: a context that has no parent gets one", what)
		}
	}
	s.childOf("valid", s.start(in, 3), a)
	runtime.KeepAlive(b)
}

func TestCallSiteIsNotItsOwnParent(t *testing.T) {
	for _, inWork := range []bool{false, true} {
		s := newStarter(t, !inWork)
		var outer trace.Span
		if inWork {
			outer, _ = s.work()
		}
		var open []trace.Span
		for i := 0; i < 300; i++ {
			a := s.start(background, 1)
			s.childOf("a", a, outer)
			b := s.start(background, 2)
			s.childOf("b", b, a)
			c := s.start(background, 3)
			s.childOf("c", c, b)
			open = append(open, a, b, c)
			if i%3 == 0 {
				open[i].End()
			}
		}
		runtime.KeepAlive(open)
	}
}

// What a hook starts on a goroutine that has outlived the request in which it was
// started is linked to that.
func TestOutlivedWorkIsLinked(t *testing.T) {
	s := newStarter(t, false)
	defer otel.SetTracerProvider(otel.GetTracerProvider())
	otel.SetTracerProvider(s.provider)
	request := running
	server, node := s.work()
	worker := request.start()
	node.Unwind()
	client := func() (links []sdk.Link) {
		_, span := NewTracer("otel.runtime/nethttp").Start(Context(background), nil, "GET", trace.SpanKindClient, nothing)
		defer span.End()
		s.childOf("webhook", span, nil)
		return span.(sdk.ReadOnlySpan).Links()
	}
	worker.run(func() {
		for i := 0; i < 2; i++ {
			if links := client(); len(links) != 1 || links[0].SpanContext.SpanID() != server.SpanContext().SpanID() {
				t.Errorf("links of a webhook: %v", links)
			}
		}
	})
	if links := client(); len(links) != 0 {
		t.Errorf("the next thing on the connection has links: %v", links)
	}
	server, node = s.work()
	node.Outlive() // a connection that the handler has taken over
	if links := client(); len(links) != 1 || links[0].SpanContext.SpanID() != server.SpanContext().SpanID() {
		t.Errorf("links of what is done on a connection that was taken over: %v", links)
	}
	node.Unwind()
	if links := client(); len(links) != 0 {
		t.Errorf("what comes after that has links: %v", links)
	}
}

func TestNodesOfAChainOfGoroutinesAreLetGo(t *testing.T) {
	s := newStarter(t, true)
	first := make(chan bool)
	var before trace.Span
	for i := 0; i < 1000; i++ {
		next := running.start()
		next.run(func() {
			span := s.start(background, uintptr(i+1))
			if i == 0 {
				runtime.SetFinalizer(head(), func(any) { close(first) })
			}
			if before != nil {
				before.End()
			}
			before = span
		})
		running = next
	}
	for i := 0; i < 100; i++ {
		runtime.GC()
		select {
		case <-first:
			return
		default:
		}
	}
	t.Error("the first node is kept")
}

// BenchmarkOpen is a start and an end while others are open, ended in order.
func BenchmarkOpen(b *testing.B) {
	for _, open := range []int{0, 10, 1000, 100000} {
		b.Run(fmt.Sprint(open), func(b *testing.B) {
			s := newStarter(&testing.T{}, true)
			defer func() { loadWord, storeWord, running, siteOf = nil, nil, nil, nil; ownSDK.Store(nil) }()
			spans := make([]trace.Span, open+1)
			for i := range spans {
				spans[i] = s.start(background, 1)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				at := i % len(spans)
				spans[at].End()
				spans[at] = s.start(background, 1)
			}
		})
	}
}

// opaque is a context that says what another one does, of a form that nobody knows.
type opaque struct{ one, other context.Context }

func (o opaque) Deadline() (time.Time, bool) { return o.other.Deadline() }
func (o opaque) Done() <-chan struct{}       { return o.other.Done() }
func (o opaque) Err() error                  { return o.other.Err() }
func (o opaque) Value(key any) any           { return o.other.Value(key) }

func TestAnotherProvidersHooksAreNoParents(t *testing.T) {
	s := newStarter(t, false)
	hooks := starter{t, sdk.NewTracerProvider(sdk.WithSampler(sdk.TraceIDRatioBased(1)))}
	server, node := hooks.work()
	defer node.Unwind()
	in := trace.ContextWithSpan(background, server)
	s.childOf("in the request's context", s.start(in, 1), nil)
	s.childOf("without one", s.start(background, 2), nil)
	a := s.start(in, 3)
	s.childOf("of a span in it", s.start(trace.ContextWithSpan(in, a), 4), a)

	// A function that //otel:span traces, below a span of the program's.
	within := trace.ContextWithSpan(in, a)
	for i := 0; i < 2; i++ {
		within, _ = hooks.provider.Tracer("otel.runtime/span").Start(context.WithValue(within, i, i), "f")
	}
	s.childOf("within a traced function", s.start(within, 5), a)
	once, _ := hooks.provider.Tracer("otel.runtime/span").Start(trace.ContextWithSpan(in, a), "f")
	s.childOf("behind a context that can't be seen through", s.start(opaque{in, once}, 5), nil)

	other := starter{t, sdk.NewTracerProvider()}
	b := other.start(background, 6)
	s.childOf("of another provider of the program's, in a context", s.start(trace.ContextWithSpan(background, b), 7), b)
	s.childOf("of another one without", s.start(background, 8), nil)
	runtime.KeepAlive(b)
}
