// SPDX-License-Identifier: Apache-2.0

package otelspan

import (
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/internal/exception"
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
	name, message := exception.Type(value), exception.Message(value)
	span.AddEvent("exception", trace.WithAttributes(
		attribute.String("exception.type", name),
		attribute.String("exception.message", message),
		attribute.String("exception.stacktrace", exception.PanicStack())))
	span.SetAttributes(errorType.String(name))
	span.SetStatus(codes.Error, message)
}
