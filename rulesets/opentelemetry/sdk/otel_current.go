// SPDX-License-Identifier: Apache-2.0

// Added to package trace of the OpenTelemetry SDK, for the hooks in
// otel.runtime/instrumentation/opentelemetry.

package trace

import _ "unsafe" // for go:linkname

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
