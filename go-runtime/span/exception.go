// SPDX-License-Identifier: Apache-2.0

package span

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// endedByPanic marks a span whose function is being left by a panic with
// value, or by runtime.Goexit if value is nil. Called while that is in flight.
func endedByPanic(span trace.Span, value any) {
	if !span.IsRecording() {
		return
	}
	if value == nil {
		span.SetAttributes(errorType.String("runtime.Goexit"))
		span.SetStatus(codes.Error, "ended by runtime.Goexit")
		return
	}
	name, message := typeName(value), fmt.Sprint(value)
	span.AddEvent("exception", trace.WithAttributes(
		attribute.String("exception.type", name),
		attribute.String("exception.message", message),
		attribute.String("exception.stacktrace", panicStack())))
	span.SetAttributes(errorType.String(name))
	span.SetStatus(codes.Error, message)
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
