// SPDX-License-Identifier: Apache-2.0

package instrumentation

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/telemetry/meter"
)

// Operation is what a library does from Begin to End: a span, what is current
// meanwhile, and the time that it takes. It is to be part of what a hook keeps of
// the call, which is then the one thing that an operation allocates if it isn't
// sampled. Not to be copied.
type Operation struct {
	context.Context // for what is done within it: with the span, if there is one

	library   *Library
	span      trace.Span
	node      *current.Node
	began     time.Time // zero if nobody is told how long it takes
	unsampled current.Unsampled
}

// Skips reports whether an operation of that kind is none that the library has to
// tell of: it is switched off, telemetry itself is sent, or the program's own
// instrumentation already has a span of it, in ctx or on the goroutine.
func (l *Library) Skips(ctx context.Context, kind trace.SpanKind) bool {
	return l.Off || current.Suppressed() || current.Doubled(ctx, kind, l.Name())
}

// Begin starts the span of o. It isn't the goroutine's until a Push. A SERVER or
// CONSUMER has its parent from ctx alone: what the goroutine did before isn't what
// has caused it. Of another kind ctx may be nil.
func (l *Library) Begin(o *Operation, ctx context.Context, name string, kind trace.SpanKind, describe current.Describe) {
	l.BeginLinked(o, ctx, name, kind, time.Time{}, nil, describe)
}

// BeginLinked is Begin for a span with links; and for an operation that has begun
// before it was known that there is one, at that time if it isn't zero.
func (l *Library) BeginLinked(o *Operation, ctx context.Context, name string, kind trace.SpanKind, began time.Time, links []trace.Link, describe current.Describe) {
	if kind != trace.SpanKindServer && kind != trace.SpanKindConsumer {
		ctx = current.Context(ctx)
	}
	if ctx == nil {
		ctx = context.Background()
	}
	o.library = l
	if kind != trace.SpanKindInternal && meter.Provide != nil {
		if o.began = began; began.IsZero() {
			o.began = time.Now()
		}
	}
	o.Context, o.span = l.StartLinked(ctx, &o.unsampled, name, kind, began, links, describe)
}

// PassOn is Begin where nothing is traced: what ctx carries goes on with what is
// done within o.
func (l *Library) PassOn(o *Operation, ctx context.Context) {
	o.library, o.Context, o.span = l, ctx, current.SpanIn(ctx)
}

// Traced reports whether there is a span, if only one that propagates.
func (o *Operation) Traced() bool { return o.span != nil && o.span.SpanContext().IsValid() }

// Measured reports whether somebody is told how long the operation takes.
func (o *Operation) Measured() bool { return !o.began.IsZero() }

// Recording reports whether what is told of the span is kept.
func (o *Operation) Recording() bool { return o.span != nil && o.span.IsRecording() }

// Span is that of the operation.
func (o *Operation) Span() trace.Span { return o.span }

// Push makes the span the goroutine's, until Leave or End.
func (o *Operation) Push() { o.node = current.Push(o.span) }

// PushContext is Push with the baggage of the operation's context.
func (o *Operation) PushContext() { o.node = current.PushContext(o.Context) }

// PushWork is Push for what is work of its own: see current.Work.
func (o *Operation) PushWork() { o.node = current.PushWork(o.span) }

// PushWorkContext is PushContext for a request that is served, or a message that is
// processed. Unwind follows where that is done.
func (o *Operation) PushWorkContext() { o.node = current.PushWorkContext(o.Context) }

// Node is what has been pushed; nil if nothing has.
func (o *Operation) Node() *current.Node { return o.node }

// Leave says that the span, which goes on, isn't the goroutine's any more.
func (o *Operation) Leave() { o.node.End() }

// Unwind ends what the operation has begun on this goroutine, which pushed it.
func (o *Operation) Unwind() { o.node.Unwind() }

// Set describes the span further.
func (o *Operation) Set(describe current.Describe) { o.library.Set(o.span, describe) }

// Rename gives the span another name than it was begun with.
func (o *Operation) Rename(name string) { o.span.SetName(name) }

// Event adds an event of now to the span.
func (o *Operation) Event(name string, attributes ...attribute.KeyValue) {
	o.span.AddEvent(name, trace.WithAttributes(attributes...))
}

// Took is the time since Begin, to be asked for once: all instruments of an
// operation have the same. It is 0 if it isn't measured.
func (o *Operation) Took() time.Duration {
	if o.began.IsZero() {
		return 0
	}
	return time.Since(o.began)
}

// End ends the span, with what has failed, and its being current.
func (o *Operation) End(failed Failure) {
	o.node.End()
	failed.mark(o.span)
	o.node.EndSpan(o.span)
}
