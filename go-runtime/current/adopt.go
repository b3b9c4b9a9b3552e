// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/trace"
)

// A program may have instrumentation of its own (otelhttp, otelgrpc, otelsql, …)
// around or within what our hooks instrument. One span is enough: where theirs
// would be within ours, they get ours; where theirs is around ours, our hook
// leaves the call alone.

// families are the scopes of instrumentation libraries, by a part of their name,
// with the hooks that do the same. For servers any scope will do.
var families = []struct{ theirs, ours string }{
	{"/otelhttp", hookScopes + "nethttp"},
	{"/otelgrpc", hookScopes + "grpc"},
	{"/otelsql", hookScopes + "databasesql"},
	{"/redisotel", hookScopes + "goredis"},
	{"/otelgorm", hookScopes + "gormdb"},
	{"/plugin/opentelemetry", hookScopes + "gormdb"},
}

func sameFamily(theirs, ours string) bool {
	for _, f := range families {
		if f.ours == ours && strings.Contains(theirs, f.theirs) {
			return true
		}
	}
	return false
}

// described is a span of the SDK that records.
type described interface {
	trace.Span
	SpanKind() trace.SpanKind
	InstrumentationScope() instrumentation.Scope
}

// Adopt is asked before a tracer of the program's own, of the given scope, starts
// a span in ctx. If a span of ours already is what that one would be, it is
// returned, to be described further and ended in vain; else nil.
func Adopt(ctx context.Context, scope, name string, options []trace.SpanStartOption) (context.Context, trace.Span) {
	n, s := newest()
	if s == nil || s.tracked {
		return nil, nil
	}
	ours, ok := s.span.(described)
	if !ok {
		return nil, nil
	}
	config := trace.NewSpanStartConfig(options...)
	kind, from := config.SpanKind(), ours.InstrumentationScope().Name
	switch {
	case kind != ours.SpanKind() || !IsHookScope(from):
		return nil, nil
	case kind == trace.SpanKindServer:
		if !n.adopted.CompareAndSwap(nil, &scope) {
			return nil, nil // a server within the server
		}
		ours.SetName(name)
	case !sameFamily(scope, from):
		return nil, nil
	default:
		n.adopted.Store(&scope)
	}
	ours.SetAttributes(config.Attributes()...)
	theirs := &adopted{Span: ours, server: kind == trace.SpanKindServer}
	return trace.ContextWithSpan(ctx, theirs), theirs
}

// Adopted is the scope of the program's own instrumentation that has adopted the
// node's span; empty if there is none.
func (n *Node) Adopted() string {
	if n != nil {
		if scope := n.adopted.Load(); scope != nil {
			return *scope
		}
	}
	return ""
}

// adopted is a span of ours in the hands of the program's instrumentation.
type adopted struct {
	trace.Span
	server bool
}

// End is left to our hook.
func (*adopted) End(...trace.SpanEndOption) {}

// SetName is for servers, whose route the program's own router may know best.
func (a *adopted) SetName(name string) {
	if a.server {
		a.Span.SetName(name)
	}
}

// Doubled reports whether a span of the given kind of a hook with this scope
// would double the one that ctx, or else the goroutine, already has from the
// program's own instrumentation.
func Doubled(ctx context.Context, kind trace.SpanKind, scope string) bool {
	span := SpanIn(ctx)
	if !span.SpanContext().IsValid() {
		if span = Span(); span == nil {
			return false
		}
	}
	theirs, ok := span.(described)
	return ok && theirs.SpanKind() == kind && sameFamily(theirs.InstrumentationScope().Name, scope)
}
