// SPDX-License-Identifier: Apache-2.0

// Added to package trace of the OpenTelemetry SDK, for the hooks in
// otel.runtime/instrumentation/opentelemetry.

package trace

import (
	"context"
	"unsafe"

	"go.opentelemetry.io/otel/trace"
)

// otelStarting, if set, is asked for each span before it is started: the context
// to start it in, what is told of it then, and the span to be had instead.
//
//go:linkname otelStarting
var otelStarting func(tr any, ctx context.Context, name string, options []trace.SpanStartOption) (with context.Context, next any, instead trace.Span)

// otelStart asks. The options, which aren't kept, may lie on the stack, as they do
// without it. The variable is set when the hooks' package is initialised, which
// goroutines of packages before it don't wait for.
//
//go:linkname otelStart
//go:noinline
//go:norace
//go:nocheckptr
func otelStart(tr *tracer, ctx context.Context, name string, options []trace.SpanStartOption) (context.Context, any, trace.Span) {
	if otelStarting == nil {
		return ctx, nil, nil
	}
	hidden := uintptr(unsafe.Pointer(&options))
	return otelStarting(tr, ctx, name, *(*[]trace.SpanStartOption)(unsafe.Pointer(hidden ^ 0)))
}

// otelTrack has a span that was started followed; it may be another one then.
//
//go:linkname otelTrack
var otelTrack func(next any, ctx context.Context, span trace.Span) (context.Context, trace.Span)

//go:linkname otelStarted
//go:noinline
//go:norace
func otelStarted(next any, ctx context.Context, span trace.Span) (context.Context, trace.Span) {
	return otelTrack(next, ctx, span)
}

// otelScope is the name of a tracer.
//
//go:linkname otelScope
var otelScope func(tr any) string = otelScopeName

//go:linkname otelScopeName
//go:noinline
func otelScopeName(tr any) string {
	if tr, ok := tr.(*tracer); ok && tr != nil {
		return tr.instrumentationScope.Name
	}
	return ""
}

// otelProvider is the provider of a tracer.
//
//go:linkname otelProvider
var otelProvider func(tr any) *TracerProvider = otelTracerProvider

//go:linkname otelTracerProvider
//go:noinline
func otelTracerProvider(tr any) *TracerProvider {
	if tr, ok := tr.(*tracer); ok && tr != nil {
		return tr.provider
	}
	return nil
}

// otelSilent is whether a provider has no processors and may still get some.
//
//go:linkname otelSilent
var otelSilent func(provider any) bool = otelHasNoProcessors

//go:linkname otelHasNoProcessors
//go:noinline
func otelHasNoProcessors(provider any) bool {
	p, ok := provider.(*TracerProvider)
	return ok && p != nil && len(p.getSpanProcessors()) == 0 && !p.isShutdown.Load()
}
