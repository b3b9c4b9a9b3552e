// SPDX-License-Identifier: Apache-2.0

package exception

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions"
)

// PanicType is Type of the value of a panic, and of runtime.Goexit if that is nil.
func PanicType(value any) string {
	if value == nil {
		return "runtime.Goexit"
	}
	return Type(value)
}

// ErrorType is Type of an error; those of contexts are told by their names,
// however they are wrapped.
func ErrorType(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "context.Canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "context.DeadlineExceeded"
	}
	return Type(err)
}

// Fail sets a span's error.type and its status.
func Fail(span trace.Span, name, message string) {
	span.SetAttributes(conventions.ErrorType.String(name))
	span.SetStatus(codes.Error, message)
}

// Add makes an error, or a panic without its stack, an event of a span.
func Add(span trace.Span, name, message string) {
	span.AddEvent("exception", trace.WithAttributes(conventions.ExceptionType.String(name), conventions.ExceptionMessage.String(message)))
}

// AddPanic makes the panic in flight an event of a span.
func AddPanic(span trace.Span, name, message string) {
	span.AddEvent("exception", trace.WithAttributes(conventions.ExceptionType.String(name), conventions.ExceptionMessage.String(message),
		conventions.ExceptionStacktrace.String(PanicStack())))
}

// EndByPanic marks a span whose function is being left by a panic with value, or
// by runtime.Goexit if value is nil. To be called while that is in flight.
// recorded says that the panic is an event of the span already.
func EndByPanic(span trace.Span, value any, recorded bool) {
	if !span.IsRecording() {
		return
	}
	if value == nil {
		Fail(span, PanicType(nil), "ended by runtime.Goexit")
		return
	}
	name, message := Type(value), Message(value)
	if !recorded {
		AddPanic(span, name, message)
	}
	Fail(span, name, message)
}
