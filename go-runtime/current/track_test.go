// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel/trace"
)

func TestTrackedSpanIsCurrentUntilItsEnd(t *testing.T) {
	weave(t)
	recording := newSpan(1)
	if _, got := Track(context.Background(), recording); got != trace.Span(recording) {
		t.Error("a recording span was replaced")
	}
	is(t, 1)
	if Track(context.Background(), recording); head().previous.Load() != nil {
		t.Error("tracked twice")
	}
	recording.End()
	is(t, 0)
}

func TestTrackedSpanThatDoesNotRecordEndsOnAnyGoroutine(t *testing.T) {
	main := weave(t)
	ctx, span := Track(context.Background(), unsampled(2))
	is(t, 2)
	if trace.SpanFromContext(ctx) != span {
		t.Error("the context has another span")
	}
	main.start().run(func() { span.End() })
	is(t, 0)
}

func TestEndOfATrackedSpanLetsGoOfIt(t *testing.T) {
	weave(t)
	span := newSpan(3)
	Track(context.Background(), span)
	node := head()
	TrackedEnds(span.SpanContext())
	if node.state.Load() != nil || head() != nil {
		t.Error("the span is still held")
	}
}

func TestInvalidSpanIsNotTracked(t *testing.T) {
	weave(t)
	if Track(context.Background(), none); head() != nil {
		t.Error("an invalid span is current")
	}
}
