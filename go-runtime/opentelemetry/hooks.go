// SPDX-License-Identifier: Apache-2.0

// Package opentelemetry has the hooks of the OpenTelemetry API and SDK that a
// program uses itself: its spans and those of our hooks are of one tree, also
// where it hands on no context. rulesets/opentelemetry.yaml says where each is
// called. A context that carries a span, or baggage, always wins.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=opentelemetry switches it off.
package opentelemetry

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/switches"
)

// Set for the files that are added to the API.

//go:linkname currentSpan go.opentelemetry.io/otel/trace.otelCurrent
var currentSpan func() trace.Span

//go:linkname currentBaggage go.opentelemetry.io/otel/baggage.otelCurrent
var currentBaggage func() baggage.Baggage

// scopeOf is in the file that is added to the SDK: the name of a tracer.
//
//go:linkname scopeOf go.opentelemetry.io/otel/sdk/trace.otelScope
var scopeOf func(tracer any) string

var off = switches.Off("opentelemetry", "otel")

func init() {
	if !off {
		currentSpan, currentBaggage = current.Span, current.Baggage
	}
}

// tracked marks a call whose span is to be made current.
type tracked struct{}

// BeforeStart gives a context without a span the goroutine's. It is the before
// hook of the SDK's (*tracer).Start.
func BeforeStart(call *hook.Call, tracer any, ctx *context.Context, name string, options []trace.SpanStartOption,
	started *context.Context, span *trace.Span) {
	if off || scopeOf == nil {
		return
	}
	scope := scopeOf(tracer)
	if current.IsHookScope(scope) {
		return
	}
	if *ctx != nil {
		if with, adopted := current.Adopt(*ctx, scope, name, options); adopted != nil {
			*started, *span = with, adopted
			call.Skip()
			return
		}
	}
	*ctx = current.Context(*ctx)
	call.SetData(tracked{})
}

// AfterStart makes the new span current.
func AfterStart(call *hook.Call, started *context.Context, span *trace.Span) {
	if call.Data() != nil && *span != nil {
		*started, *span = current.Track(*started, *span)
	}
}

// BeforeEnd lets go of a span. It is the before hook of the SDK's
// (*recordingSpan).End.
func BeforeEnd(span, _ any) {
	if span, ok := span.(trace.Span); ok && !off {
		current.TrackedEnds(span.SpanContext())
	}
}

// BeforeExport has nothing traced that is done to export telemetry. It is the
// before hook of where the SDK calls the program's exporters.
func BeforeExport(call *hook.Call) {
	if !off {
		call.SetData(current.BeginSuppress())
	}
}

// AfterExport ends that.
func AfterExport(call *hook.Call) {
	if before, ok := call.Data().(current.Suppression); ok {
		before.End()
	}
}
