// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"runtime"
	"testing"

	"go.opentelemetry.io/otel/trace"
)

// track has the program start a span with tracer's Start.
func track(ctx context.Context, span trace.Span) (context.Context, trace.Span) {
	started := newStarted(nil)
	if loadWord != nil {
		started.begin(&ctx)
	}
	return started.Track(trace.ContextWithSpan(ctx, span), span)
}

func TestTrackedSpanIsCurrentUntilItsEnd(t *testing.T) {
	weave(t)
	recording := newSpan(1)
	if _, got := track(context.Background(), recording); got != trace.Span(recording) {
		t.Error("a recording span was replaced")
	}
	is(t, 1)
	if track(context.Background(), recording); head().previous.Load() != nil {
		t.Error("tracked twice")
	}
	recording.End()
	is(t, 0)
}

func TestTrackedSpanThatDoesNotRecordEndsOnAnyGoroutine(t *testing.T) {
	main := weave(t)
	ctx, span := track(context.Background(), unsampled(2))
	is(t, 2)
	if trace.SpanFromContext(ctx) != span {
		t.Error("the context has another span")
	}
	main.start().run(func() { span.End() })
	is(t, 0)
}

func TestInvalidSpanIsNotTracked(t *testing.T) {
	weave(t)
	if track(context.Background(), none); head() != nil {
		t.Error("an invalid span is current")
	}
}

// A span that nobody has ended, and nobody has any more, is collected, and isn't
// current then.
func TestDroppedSpansAreCollected(t *testing.T) {
	weave(t)
	outer := newSpan(9)
	defer runtime.KeepAlive(outer)
	track(context.Background(), outer)
	for _, span := range []trace.Span{newSpan(1), unsampled(2)} {
		track(context.Background(), span)
	}
	is(t, 2)
	runtime.GC()
	runtime.GC()
	is(t, 9)
}

// Of the spans that are open on one goroutine a bound of nodes is kept; a hook's
// stay.
func TestOpenSpansAreBounded(t *testing.T) {
	weave(t)
	server := PushWork(newSpan(1))
	var open []*span
	for i := 0; i < 20*maxOpen; i++ {
		s := newSpan(byte(i%200) + 2)
		open = append(open, s)
		track(context.Background(), s)
	}
	length, found := 0, false
	for n := head(); n != nil; n = n.previous.Load() {
		length++
		found = found || n == server
	}
	if length < maxOpen/2 || length > maxOpen+firstTrim || !found {
		t.Errorf("%d nodes, the server's among them: %v", length, found)
	}
	runtime.KeepAlive(open)
}
