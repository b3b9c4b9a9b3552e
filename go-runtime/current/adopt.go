// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/trace"
)

// A program may have instrumentation of its own (otelhttp, otelgrpc, otelsql, …)
// around or within what our hooks instrument. One span is enough. Where theirs
// is around ours, our hook leaves the call alone. Where theirs would be within
// ours, they get ours, if that can be all that they ask for; else theirs takes
// the place of ours, which is dropped.

// families are the scopes of instrumentation libraries, by the last element of
// their names, with the hooks that do the same.
var families = map[string][]string{
	"otelhttp":             {hookScopes + "nethttp"},
	"otelgin":              {hookScopes + "nethttp", hookScopes + "gin"},
	"otelecho":             {hookScopes + "nethttp", hookScopes + "echo"},
	"otelmux":              {hookScopes + "nethttp", hookScopes + "mux"},
	"otelchi":              {hookScopes + "nethttp"},
	"otelrestful":          {hookScopes + "nethttp"},
	"otelhttprouter":       {hookScopes + "nethttp"},
	"otelfiber":            {hookScopes + "fasthttp"},
	"obs-opentelemetry":    {hookScopes + "hertz"},
	"otelgrpc":             {hookScopes + "grpc"},
	"otelconnect":          {hookScopes + "connect"},
	"otelsql":              {hookScopes + "databasesql"},
	"otelpgx":              {hookScopes + "databasesql", hookScopes + "pgx"},
	"redisotel":            {hookScopes + "goredis"},
	"rueidis":              {hookScopes + "rueidis"},
	"valkey-go":            {hookScopes + "valkey"},
	"elasticsearch-api":    {hookScopes + "elasticsearch"},
	"otelmongo":            {hookScopes + "mongodb"},
	"otelgorm":             {hookScopes + "gormdb"},
	"kotel":                {hookScopes + "franzgo"},
	"plugin/opentelemetry": {hookScopes + "gormdb"},
}

func sameFamily(theirs, ours string) bool {
	for _, hooks := range families[familyOf(theirs)] {
		if hooks == ours {
			return true
		}
	}
	return false
}

// isPart reports whether a span of a known scope is of a part of what the hook's
// span is of: otelpgx has one for a connection that a statement needs. It stays
// a span of its own, with the parent that it has in a plain build.
func isPart(scope, name string) bool {
	return (name == "connect" || name == "pool.acquire") && familyOf(scope) == "otelpgx"
}

// familyOf is the last element of a scope's name that isn't a version; two for a
// name that says nothing alone.
func familyOf(scope string) string {
	last := scope[strings.LastIndexByte(scope, '/')+1:]
	if len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" && len(last) < len(scope) {
		scope = scope[:len(scope)-len(last)-1]
		last = scope[strings.LastIndexByte(scope, '/')+1:]
	}
	if last == "opentelemetry" && strings.HasSuffix(scope, "/plugin/opentelemetry") {
		return "plugin/opentelemetry"
	}
	return last
}

// described is a span of the SDK that records.
type described interface {
	trace.Span
	SpanKind() trace.SpanKind
	Parent() trace.SpanContext
	InstrumentationScope() instrumentation.Scope
}

// adoption is what has become of a hook's span.
type adoption struct {
	scope    string // of who has adopted it
	replaced bool   // it is dropped, for another one
	trace    trace.TraceID
	end      []trace.SpanEndOption // with a timestamp
}

// BeforeStart is called before a tracer of the program's own, of the given
// provider and scope, starts a span in ctx. It returns the span to be had instead,
// if there is one, or else whose Track is to be called with the span.
func BeforeStart(ctx *context.Context, provider trace.TracerProvider, scope, name string, options []trace.SpanStartOption) (with context.Context, span trace.Span, started *Started) {
	if loadWord == nil {
		return nil, nil, nil
	}
	started = newStarted(provider)
	if silent(provider) {
		started.silent = true
		muted.Store(true)
		started.begin(ctx)
		return nil, nil, started
	}
	if with, span = started.adopt(ctx, provider, scope, name, options); span == nil {
		started.begin(ctx)
	}
	return with, span, started
}

// adopt is asked first. If a span of a hook's already is what the new one would
// be, and of the provider, it is returned, to be described further and ended in
// vain. If it is of another provider, or can't be what is asked for, the new span
// is to have its parent: ctx is changed, and started.Track puts it in the other's
// place. Else nothing happens.
func (started *Started) adopt(ctx *context.Context, provider trace.TracerProvider, scope, name string, options []trace.SpanStartOption) (context.Context, trace.Span) {
	if *ctx == nil {
		return nil, nil
	}
	n, s, span := newest()
	if n == nil || span == nil || n.of != nil {
		return nil, nil
	}
	var kind trace.SpanKind
	var parent trace.SpanContext
	from := ""
	ours, records := span.(described)
	if records {
		kind, parent, from = ours.SpanKind(), ours.Parent(), ours.InstrumentationScope().Name
	} else if dropped, ok := s.span.(*unsampledSpan); ok {
		kind, parent, from = dropped.kind, dropped.parent, dropped.scope
	}
	if !IsHookScope(from) || !sameFamily(scope, from) {
		return nil, nil
	}
	config := trace.NewSpanStartConfig(options...)
	if config.SpanKind() != kind {
		return nil, nil
	}
	carried, carries := Carried(*ctx)
	if _, theirs := carried.(*adopted); theirs {
		return nil, nil // what is begun within the span that has adopted ours isn't the same again
	}
	within := !carries || carried != nil && n.is(carried.SpanContext())
	if !within && (carried == nil || carried.SpanContext().SpanID() != parent.SpanID() || !parent.IsValid()) {
		return nil, nil // the context has another parent
	}
	if isPart(scope, name) {
		if within {
			*ctx = trace.ContextWithSpanContext(*ctx, parent)
		}
		return nil, nil
	}
	next := &adoption{scope: scope}
	if kind == trace.SpanKindServer {
		if !n.adopted.CompareAndSwap(nil, next) {
			return nil, nil // a server within the server
		}
	} else if before := n.adopted.Load(); before == nil || !before.replaced {
		n.adopted.Store(next)
	}
	replaced := identity(provider) != identity(span.TracerProvider()) || config.NewRoot() || !config.Timestamp().IsZero()
	if replaced {
		if within {
			*ctx = trace.ContextWithSpanContext(*ctx, parent)
		}
		started.replaces = n
		return nil, nil
	}
	if !records {
		return nil, nil
	}
	theirs := &adopted{described: ours, node: n}
	if theirs.server = kind == trace.SpanKindServer; theirs.server || from == hookScopes+"pgx" {
		ours.SetName(name) // otelpgx has "batch start", where the conventions have BATCH
	}
	ours.SetAttributes(config.Attributes()...)
	if linked, ok := ours.(interface{ AddLink(trace.Link) }); ok {
		for _, link := range config.Links() {
			linked.AddLink(link)
		}
	}
	return trace.ContextWithSpan(*ctx, theirs), theirs
}

// replacedBy says that a span of that trace is in the place of the node's.
func (n *Node) replacedBy(trace trace.TraceID) {
	n.adopted.Store(&adoption{scope: n.Adopted(), replaced: true, trace: trace})
}

// Adopted is the scope of the program's own instrumentation that has adopted the
// node's span; empty if there is none.
func (n *Node) Adopted() string {
	if n != nil {
		if a := n.adopted.Load(); a != nil {
			return a.scope
		}
	}
	return ""
}

// EndSpan ends the span of a hook, of whose node n is: not if another one is in
// its place, and when who has adopted it says. n may be nil.
func (n *Node) EndSpan(span trace.Span) {
	if n != nil {
		if a := n.adopted.Load(); a != nil {
			if !a.replaced {
				span.End(a.end...)
			}
			return
		}
	}
	span.End()
}

// adopted is a span of ours in the hands of the program's instrumentation.
type adopted struct {
	described
	node   *Node
	server bool
}

// End is left to our hook, but for the time that is told here.
func (a *adopted) End(options ...trace.SpanEndOption) {
	if config := trace.NewSpanEndConfig(options...); !config.Timestamp().IsZero() {
		a.node.adopted.Store(&adoption{scope: a.node.Adopted(), end: []trace.SpanEndOption{trace.WithTimestamp(config.Timestamp())}})
	}
}

// SetName is for servers, whose route the program's own router may know best.
func (a *adopted) SetName(name string) {
	if a.server {
		a.described.SetName(name)
	}
}

// Doubled reports whether a span of the given kind of a hook with this scope
// would double the one that ctx, or else the goroutine, already has from the
// program's own instrumentation.
func Doubled(ctx context.Context, kind trace.SpanKind, scope string) bool {
	span, carries := Decides(ctx)
	if !carries {
		span = Span()
	}
	theirs, ok := span.(described)
	return ok && theirs.SpanKind() == kind && sameFamily(theirs.InstrumentationScope().Name, scope)
}

// Underway reports whether what is current is a span of that kind and scope, which a
// hook has begun: what the library does within it isn't told apart.
func Underway(kind trace.SpanKind, scope string) bool {
	_, s, span := newest()
	if span == nil {
		return false
	}
	if ours, ok := span.(described); ok {
		return ours.SpanKind() == kind && ours.InstrumentationScope().Name == scope
	}
	dropped, ok := s.span.(*unsampledSpan)
	return ok && dropped.kind == kind && dropped.scope == scope
}
