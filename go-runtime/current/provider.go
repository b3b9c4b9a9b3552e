// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"reflect"

	"go.opentelemetry.io/otel/trace"
)

// A program may have several providers, of which hooks know the global one. What
// a provider of the program's own records, and how much of that, is decided by its
// sampler alone: a parent by another provider, which the plain program doesn't
// have, would override that (a parent that isn't sampled has no children), and may
// never arrive where the children do.

// foreignTo reports whether span is of another provider than the given one. What
// isn't a span of the SDK, or around one, isn't told apart.
func foreignTo(provider trace.TracerProvider, span trace.Span) bool {
	switch span.(type) {
	case described, *unsampledSpan:
	default:
		if t := reflect.TypeOf(span); t.PkgPath() != "go.opentelemetry.io/otel/sdk/trace" {
			return false // the SDK's own for what isn't recorded is a struct
		}
	}
	return identity(span.TracerProvider()) != identity(provider)
}

// isHooks reports whether span was started by a hook, and whether its parent may
// have come from a peer.
func isHooks(span trace.Span) (is, received bool) {
	received = true
	switch s := span.(type) {
	case described:
		is = IsHookScope(s.InstrumentationScope().Name)
		received = s.SpanKind() == trace.SpanKindServer || s.SpanKind() == trace.SpanKindConsumer
	case *unsampledSpan:
		is, received = true, s.kind == trace.SpanKindServer || s.kind == trace.SpanKindConsumer
	default: // one that isn't recorded doesn't say
		of := span.SpanContext()
		for n := head(); n != nil && !is; n = n.previous.Load() {
			is = n.of == nil && n.is(of)
		}
	}
	return is, received
}

// withoutHooks is ctx, which carries span, as it would be in a plain build, and
// whether it is another one: if span is a hook's and foreign to provider, ctx gets
// the span that it had before hooks, or none.
func withoutHooks(ctx context.Context, span trace.Span, provider trace.TracerProvider) (context.Context, bool) {
	if !foreignTo(provider, span) {
		return ctx, false
	}
	is, received := isHooks(span)
	if !is {
		return ctx, false
	}
	var before trace.Span
	eachSpan(ctx, func(value any) bool {
		found, _ := value.(trace.Span)
		if found == nil {
			return false
		}
		if is, by := isHooks(found); is {
			received = by
			return true
		}
		if received && found.SpanContext().IsRemote() {
			return true
		}
		before = found
		return false
	})
	if before == nil {
		before = none
	}
	return trace.ContextWithSpan(ctx, before), true
}
