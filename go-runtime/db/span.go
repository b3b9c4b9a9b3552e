// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// Span is the span of an operation that has begun. Its methods do nothing for
// a nil one.
type Span struct {
	span trace.Span
	node *current.Node
}

// Begin starts a span that is current on this goroutine until End. ctx may be
// nil. The context that it returns has the span; if there is nothing to trace
// into, it is ctx itself and the Span is nil.
func Begin(ctx context.Context, tracer *current.Tracer, name string, kind trace.SpanKind, attributes []attribute.KeyValue) (context.Context, *Span) {
	with, s := BeginAside(ctx, tracer, name, kind, attributes)
	if s != nil {
		s.node = current.Push(s.span)
	}
	return with, s
}

// BeginAside is Begin for a span that doesn't become the goroutine's: for one
// that may end on another goroutine.
func BeginAside(ctx context.Context, tracer *current.Tracer, name string, kind trace.SpanKind, attributes []attribute.KeyValue) (context.Context, *Span) {
	parent := current.Context(ctx)
	if parent == nil {
		parent = context.Background()
	}
	with, span := tracer.Start(parent, name, trace.WithSpanKind(kind), trace.WithAttributes(attributes...))
	if !span.SpanContext().IsValid() {
		return ctx, nil
	}
	return with, &Span{span: span}
}

// Recording reports whether it is of use to describe the operation further.
func (s *Span) Recording() bool { return s != nil && s.span.IsRecording() }

// Set adds attributes.
func (s *Span) Set(attributes ...attribute.KeyValue) {
	if s != nil {
		s.span.SetAttributes(attributes...)
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
		s.span.SetAttributes(ErrorType.String(failed.Type))
		s.span.SetStatus(codes.Error, failed.Description)
	}
	s.span.End()
}
