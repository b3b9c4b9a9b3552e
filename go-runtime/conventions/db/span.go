// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/exception"
	"otel.runtime/telemetry/meter"
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
	library   *instrumentation.Library
	span      trace.Span
	unsampled current.Unsampled
	node      *current.Node

	// Of an operation that is measured.
	in       context.Context
	started  time.Time
	measured measured
}

// Begin starts a span that is current on this goroutine until End. ctx may be
// nil. The context that it returns has the span; if there is nothing to trace
// into, or the program's own instrumentation does so, it is ctx itself.
func Begin(ctx context.Context, library *instrumentation.Library, name string, kind trace.SpanKind, attributes []attribute.KeyValue) (context.Context, *Span) {
	with, s := BeginAside(ctx, library, name, kind, attributes)
	if s != nil && s.span.SpanContext().IsValid() {
		s.node = current.Push(s.span)
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
	parent := current.Context(ctx)
	if parent == nil {
		parent = context.Background()
	}
	s := &Span{library: library}
	with, span := library.Start(parent, &s.unsampled, name, kind, func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, attributes...)
	})
	s.span = span
	if kind == trace.SpanKindClient && meter.Provide != nil {
		s.in, s.started = with, time.Now()
		s.measured.take(attributes)
	}
	if !s.span.SpanContext().IsValid() {
		if s.in == nil {
			return ctx, nil
		}
		with = ctx
	}
	return with, s
}

// Recording reports whether what is set is kept, but for what metrics need.
func (s *Span) Recording() bool { return s != nil && s.span.IsRecording() }

// Set adds attributes.
func (s *Span) Set(attributes ...attribute.KeyValue) {
	if s != nil {
		s.library.Set(s.span, func(to []attribute.KeyValue) []attribute.KeyValue { return append(to, attributes...) })
		s.measured.take(attributes)
	}
}

// Rename gives the span another name than it was begun with.
func (s *Span) Rename(name string) {
	if s != nil {
		s.span.SetName(name)
	}
}

// Event adds an event of now.
func (s *Span) Event(name string, attributes ...attribute.KeyValue) {
	if s != nil {
		s.span.AddEvent(name, trace.WithAttributes(attributes...))
	}
}

// Leave says that the span, which goes on, isn't the goroutine's any more.
func (s *Span) Leave() {
	if s != nil {
		s.node.End()
	}
}

// End ends the span, with what has failed, if anything has; in an after hook,
// where call is not nil, also with the panic that is leaving the woven function.
func (s *Span) End(call *hook.Call, failed *Failure) {
	if s == nil {
		return
	}
	s.node.End()
	if call != nil && failed == nil {
		if value, panicked := call.Panic(); panicked {
			failed = failureOfPanic(value)
		}
	}
	if failed != nil {
		if failed.Code != "" {
			s.span.SetAttributes(ResponseStatusCode.String(failed.Code))
		}
		exception.Fail(s.span, failed.Type, failed.Description)
	}
	s.node.EndSpan(s.span)
	if s.in != nil {
		s.measured.record(s.in, s.started, failed)
	}
}
