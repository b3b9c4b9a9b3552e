// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/environ"
)

// New is instrumentation.New for the hooks of a database. OTEL_GO_DB_ROOTS=none
// leaves out what would begin a trace: a program that prepares its database when it
// starts does so in hundreds of operations, of which each is a trace.
func New(scope string, names ...string) *instrumentation.Library {
	library := instrumentation.New(scope, names...)
	if strings.EqualFold(strings.TrimSpace(environ.Get("OTEL_GO_DB_ROOTS")), "none") {
		library.WithinTraces()
	}
	return library
}

// Span is the span of an operation that has begun. Its methods do nothing for
// a nil one.
type Span struct {
	operation instrumentation.Operation
	measured  measured
}

// Begin starts a span that is current on this goroutine until End. ctx may be
// nil. The context that it returns has the span; if there is nothing to trace
// into, or the program's own instrumentation does so, it is ctx itself.
func Begin(ctx context.Context, library *instrumentation.Library, name string, kind trace.SpanKind, attributes []attribute.KeyValue) (context.Context, *Span) {
	with, s := BeginAside(ctx, library, name, kind, attributes)
	if s != nil && s.operation.Traced() {
		s.operation.Push()
	}
	return with, s
}

// BeginAside is Begin for a span that doesn't become the goroutine's: for one
// that may end on another goroutine.
//
// The operation of a CLIENT span is measured too, whether or not there are spans.
func BeginAside(ctx context.Context, library *instrumentation.Library, name string, kind trace.SpanKind, attributes []attribute.KeyValue) (context.Context, *Span) {
	if kind == trace.SpanKindClient && current.Doubled(ctx, kind, library.Name()) {
		return ctx, nil
	}
	s := &Span{}
	o := &s.operation
	library.Begin(o, ctx, name, kind, func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, attributes...)
	})
	if o.Measured() {
		s.measured.take(attributes)
	}
	switch {
	case o.Traced():
		return o.Context, s
	case o.Measured():
		return ctx, s
	}
	return ctx, nil
}

// Recording reports whether what is set is kept, but for what metrics need.
func (s *Span) Recording() bool { return s != nil && s.operation.Recording() }

// Set adds attributes.
func (s *Span) Set(attributes ...attribute.KeyValue) {
	if s != nil {
		s.operation.Set(func(to []attribute.KeyValue) []attribute.KeyValue { return append(to, attributes...) })
		s.measured.take(attributes)
	}
}

// Rename gives the span another name than it was begun with.
func (s *Span) Rename(name string) {
	if s != nil {
		s.operation.Rename(name)
	}
}

// Event adds an event of now.
func (s *Span) Event(name string, attributes ...attribute.KeyValue) {
	if s != nil {
		s.operation.Event(name, attributes...)
	}
}

// Leave says that the span, which goes on, isn't the goroutine's any more.
func (s *Span) Leave() {
	if s != nil {
		s.operation.Leave()
	}
}

// End ends the span, with what has failed, if anything has; in an after hook,
// where call is not nil, also with the panic that is leaving the woven function.
func (s *Span) End(call *hook.Call, failed *Failure) {
	if s == nil {
		return
	}
	if call != nil && failed == nil {
		if value, panicked := call.Panic(); panicked {
			failed = failureOfPanic(value)
		}
	}
	var as instrumentation.Failure
	if failed != nil {
		if failed.Code != "" {
			s.operation.Span().SetAttributes(ResponseStatusCode.String(failed.Code))
		}
		as = instrumentation.Failure{Type: failed.Type, Description: failed.Description}
	}
	s.operation.End(as)
	if s.operation.Measured() {
		s.measured.record(&s.operation, failed)
	}
}
