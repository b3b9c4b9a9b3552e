// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"sync/atomic"

	"go.opentelemetry.io/otel/trace"
)

// Unsampled is room for a span that isn't sampled and the context that carries
// it, to be part of what lasts as long as the operation: what a tracer starts
// whose sampler is certain to say no, without asking it. Not to be copied.
type Unsampled struct {
	context.Context // the parent
	span            unsampledSpan
}

// unsampledSpan is what the SDK has for a span that isn't recorded.
type unsampledSpan struct {
	trace.Span // does nothing
	context    trace.SpanContext
	provider   trace.TracerProvider
	parent     trace.SpanContext
	kind       trace.SpanKind
	scope      string

	pushed atomic.Bool
	state  state // of the node, if pushed
}

func (s *unsampledSpan) SpanContext() trace.SpanContext       { return s.context }
func (s *unsampledSpan) TracerProvider() trace.TracerProvider { return s.provider }

// start makes u a span in parent, which has a span of context of.
func (u *Unsampled) start(parent context.Context, of trace.SpanContext, provider trace.TracerProvider) (context.Context, trace.Span) {
	u.span.parent = of
	if !of.TraceID().IsValid() {
		of = of.WithTraceID(newTraceID())
	}
	of = of.WithSpanID(newSpanID()).WithTraceFlags(of.TraceFlags() &^ trace.FlagsSampled).WithRemote(false)
	u.Context = parent
	u.span.Span, u.span.context, u.span.provider = none, of, provider
	if spanKey == nil {
		return trace.ContextWithSpan(parent, &u.span), &u.span
	}
	return u, &u.span
}

// Value has the span for who asks for it as trace.SpanFromContext does.
func (u *Unsampled) Value(key any) any {
	if key == spanKey {
		return &u.span
	}
	return u.Context.Value(key)
}

// newState is a state with the span, to be filled: within an unsampled span if
// that was never pushed.
func newState(span trace.Span) *state {
	if u, ok := span.(*unsampledSpan); ok && u.pushed.CompareAndSwap(false, true) {
		u.state.span = u
		return &u.state
	}
	return &state{span: span}
}

// spanKey is the key that a context has a span by, which the API doesn't export:
// what SpanFromContext asks for. Nil if it asks for nothing.
var spanKey = func() any {
	ctx := &asked{Context: context.Background()}
	trace.SpanFromContext(ctx)
	return ctx.key
}()

// asked notes the key that it was asked for.
type asked struct {
	context.Context
	key any
}

func (a *asked) Value(key any) any {
	a.key = key
	return nil
}

func newTraceID() (id trace.TraceID) {
	for !id.IsValid() {
		binary.NativeEndian.PutUint64(id[:8], rand.Uint64())
		binary.NativeEndian.PutUint64(id[8:], rand.Uint64())
	}
	return id
}

func newSpanID() (id trace.SpanID) {
	for !id.IsValid() {
		binary.NativeEndian.PutUint64(id[:], rand.Uint64())
	}
	return id
}
