// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"errors"
	"net/http"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/internal/exception"
)

// panicName is error.type of a panic with value, or of runtime.Goexit if value is
// nil.
func panicName(value any) string {
	switch {
	case value == nil:
		return "runtime.Goexit"
	case value == any(http.ErrAbortHandler):
		// The documented way to end a response early, without a stack trace.
		return "http.ErrAbortHandler"
	}
	return exception.Type(value)
}

// endedByPanic marks a span whose function is being left by a panic with
// value, or by runtime.Goexit if value is nil. Called while that is in flight.
// recorded says that the panic is an event of the span already.
func endedByPanic(span trace.Span, value any, recorded bool) {
	name := panicName(value)
	span.SetAttributes(errorType.String(name))
	switch {
	case value == nil:
		span.SetStatus(codes.Error, "ended by runtime.Goexit")
	case value == any(http.ErrAbortHandler):
		span.SetStatus(codes.Error, http.ErrAbortHandler.Error())
	default:
		message := exception.Message(value)
		if !recorded {
			addPanic(span, name, message)
		}
		span.SetStatus(codes.Error, message)
	}
}

// addPanic makes the panic in flight an event.
func addPanic(span trace.Span, name, message string) {
	span.AddEvent("exception", trace.WithAttributes(
		exceptionType.String(name), exceptionMessage.String(message), exceptionStacktrace.String(exception.PanicStack())))
}

// errorName is error.type of an error that a client got.
func errorName(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "context.Canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "context.DeadlineExceeded"
	}
	return exception.Type(err)
}
