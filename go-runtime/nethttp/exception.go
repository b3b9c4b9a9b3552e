// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"runtime/debug"
	"strings"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
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
	return typeName(value)
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
		message := fmt.Sprint(value)
		if !recorded {
			addPanic(span, name, message)
		}
		span.SetStatus(codes.Error, message)
	}
}

// addPanic makes the panic in flight an event.
func addPanic(span trace.Span, name, message string) {
	span.AddEvent("exception", trace.WithAttributes(
		exceptionType.String(name), exceptionMessage.String(message), exceptionStacktrace.String(panicStack())))
}

// typeName is a type as exception.type and error.type have it: with the path
// of its package where it has a name.
func typeName(value any) string {
	t := reflect.TypeOf(value)
	if t.PkgPath() == "" {
		return t.String()
	}
	return t.PkgPath() + "." + t.Name()
}

// errorName is error.type of an error that a client got.
func errorName(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "context.Canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "context.DeadlineExceeded"
	}
	return typeName(err)
}

// panicStack is the stack of the panic in flight, without the frames of the
// hook that looks at it: from the run time's panic function on.
func panicStack() string {
	stack := string(debug.Stack())
	header, _, _ := strings.Cut(stack, "\n")
	if at := strings.Index(stack, "\npanic("); at >= 0 {
		return header + stack[at:]
	}
	return stack
}
