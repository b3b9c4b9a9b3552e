// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// Describe appends attributes of a span to a list, which it doesn't keep.
type Describe func(to []attribute.KeyValue) []attribute.KeyValue

// StartDescribed starts a span of that kind with attributes; a new trace if root.
// Another provider than ours gets them with the start, as its sampler may look
// at them.
func (t *Tracer) StartDescribed(ctx context.Context, name string, kind trace.SpanKind, root bool, describe Describe) (context.Context, trace.Span) {
	options := startOptions[kind].child
	if root {
		options = startOptions[kind].root
	}
	p := t.get()
	if p.drops == nil {
		options = append(options[:len(options):len(options)], trace.WithAttributes(describe(nil)...))
		return p.tracer.Start(ctx, name, options...)
	}
	ctx, span := p.tracer.Start(ctx, name, options...)
	t.Set(span, describe)
	return ctx, span
}

// Set sets attributes of a span that t has started, if it records. Our SDK takes
// them out of the list that it is given, whose memory is used again.
func (t *Tracer) Set(span trace.Span, describe Describe) {
	if !span.IsRecording() {
		return
	}
	if t.get().drops == nil {
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
