// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// Describe appends attributes of a span to a list, which it doesn't keep.
type Describe func(to []attribute.KeyValue) []attribute.KeyValue

// Start starts a span of that kind with attributes, as trace.Tracer does. What
// the goroutine did before isn't the parent of a SERVER or CONSUMER span. Another one that
// has no parent is linked to the work that this goroutine has outlived, unless ctx
// says that there is none. If our sampler is certain to drop it, it is made within
// in, or in memory of its own if that is nil; describe isn't called then.
//
// Another provider than ours gets the attributes with the start, as its sampler
// may look at them.
func (t *Tracer) Start(ctx context.Context, in *Unsampled, name string, kind trace.SpanKind, describe Describe) (context.Context, trace.Span) {
	return t.StartLinked(ctx, in, name, kind, time.Time{}, nil, describe)
}

// StartLinked is Start for a span with links, which has begun at that time if it
// isn't zero.
func (t *Tracer) StartLinked(ctx context.Context, in *Unsampled, name string, kind trace.SpanKind, began time.Time, links []trace.Link, describe Describe) (context.Context, trace.Span) {
	p, of := t.get(), SpanIn(ctx).SpanContext()
	if t.drops(p, of) {
		if in == nil {
			in = new(Unsampled)
		}
		in.span.kind, in.span.scope = kind, t.name
		return in.start(ctx, of, p.own())
	}
	options := startOptions[kind].child
	switch {
	case of.IsValid():
	case kind == trace.SpanKindServer || kind == trace.SpanKindConsumer:
		if Span() != nil {
			options = startOptions[kind].root
		}
	default:
		if from := outlived(); from.IsValid() && !hides(ctx) {
			options = append(options[:len(options):len(options)], trace.WithLinks(trace.Link{SpanContext: from}))
		}
	}
	if !began.IsZero() {
		options = append(options[:len(options):len(options)], trace.WithTimestamp(began))
	}
	if len(links) > 0 {
		options = append(options[:len(options):len(options)], trace.WithLinks(links...))
	}
	if p.ours == nil {
		options = append(options[:len(options):len(options)], trace.WithAttributes(describe(nil)...))
		return p.tracer.Start(ctx, name, options...)
	}
	ctx, span := p.tracer.Start(ctx, name, options...)
	p.set(span, describe)
	return p.front(ctx, span, kind)
}

// Set sets attributes of a span that t has started, if it records.
func (t *Tracer) Set(span trace.Span, describe Describe) { t.get().set(span, describe) }

// set gives our SDK a list whose memory is used again: it takes the attributes
// out of it. Another's may keep it.
func (p *provided) set(span trace.Span, describe Describe) {
	if !span.IsRecording() {
		return
	}
	if p.ours == nil {
		span.SetAttributes(describe(nil)...)
		return
	}
	list := lists.Get().(*[]attribute.KeyValue)
	all := describe((*list)[:0])
	span.SetAttributes(all...)
	for i := range all {
		all[i] = attribute.KeyValue{} // what was described isn't kept
	}
	*list = all[:0]
	lists.Put(list)
}

var lists = sync.Pool{New: func() any {
	list := make([]attribute.KeyValue, 0, 16)
	return &list
}}

// startOptions are those of spans of each kind.
var startOptions = func() (all [trace.SpanKindConsumer + 1]struct{ child, root []trace.SpanStartOption }) {
	for i := range all {
		kind := trace.WithSpanKind(trace.SpanKind(i))
		all[i].child = []trace.SpanStartOption{kind}
		all[i].root = []trace.SpanStartOption{kind, trace.WithNewRoot()}
	}
	return all
}()
