// SPDX-License-Identifier: Apache-2.0

// Package opentelemetry has the hooks of the OpenTelemetry API and SDK that a
// program uses itself: its spans and those of our hooks are of one tree, also
// where it hands on no context. rulesets/opentelemetry says where each is
// called. A context that carries a span, or baggage, always wins.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=opentelemetry switches it off.
package opentelemetry

import (
	"context"
	"unsafe"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/switches"
)

// Set for the files that are added to the API.

//go:linkname currentSpan go.opentelemetry.io/otel/trace.otelCurrent
var currentSpan func(ctx context.Context) trace.Span

//go:linkname currentBaggage go.opentelemetry.io/otel/internal/baggage.otelCurrent
var currentBaggage func() unsafe.Pointer

// scopeOf is in the file that is added to the SDK: the name of a tracer.
//
//go:linkname scopeOf go.opentelemetry.io/otel/sdk/trace.otelScope
var scopeOf func(tracer any) string

// providerOf is there too: the provider of a tracer.
//
//go:linkname providerOf go.opentelemetry.io/otel/sdk/trace.otelProvider
var providerOf func(tracer any) *sdktrace.TracerProvider

// isSilent is there too: whether a provider has no processors.
//
//go:linkname isSilent go.opentelemetry.io/otel/sdk/trace.otelSilent
var isSilent func(provider any) bool

// Set there, to be called by the SDK's (*tracer).Start.

//go:linkname starting go.opentelemetry.io/otel/sdk/trace.otelStarting
var starting func(tracer any, ctx context.Context, name string, options []trace.SpanStartOption) (context.Context, any, trace.Span)

//go:linkname tracking go.opentelemetry.io/otel/sdk/trace.otelTrack
var tracking func(next any, ctx context.Context, span trace.Span) (context.Context, trace.Span)

var off = switches.Off("opentelemetry", "otel")

func init() {
	if !off {
		current.SDKTracks = scopeOf != nil && providerOf != nil
		current.Fronts = !current.SDKTracks
		if current.SDKTracks {
			current.SilentSDK = isSilent
			starting, tracking = start, track
		}
		currentSpan, currentBaggage = current.Answer, listOfBaggage
	}
}

// listOfBaggage is the goroutine's baggage as the API's internal package has it: a
// map, which is all that a Baggage is.
func listOfBaggage() unsafe.Pointer {
	bag := current.Baggage()
	if bag.Len() == 0 || unsafe.Sizeof(bag) != unsafe.Sizeof(unsafe.Pointer(nil)) {
		return nil
	}
	return *(*unsafe.Pointer)(unsafe.Pointer(&bag))
}

// start gives a context without a span the parent that it is to have, for our
// provider and others, or has the span to be had instead. Where it panics, the
// span is started as it is without us.
func start(tracer any, ctx context.Context, name string, options []trace.SpanStartOption) (with context.Context, next any, instead trace.Span) {
	with = ctx
	defer hook.Contain("otel_sdk_start", "start")
	scope := scopeOf(tracer)
	if current.IsHookScope(scope) {
		return ctx, nil, nil
	}
	adopting, adopted, started := current.BeforeStart(&ctx, providerOf(tracer), scope, name, options)
	switch {
	case adopted != nil:
		return adopting, nil, adopted
	case started == nil:
		return ctx, nil, nil
	}
	return ctx, started, nil
}

// track makes the new span current. Where it panics, that is the span all the same.
func track(next any, ctx context.Context, span trace.Span) (with context.Context, tracked trace.Span) {
	with, tracked = ctx, span
	defer hook.Contain("otel_sdk_started", "track")
	return next.(*current.Started).Track(ctx, span)
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
