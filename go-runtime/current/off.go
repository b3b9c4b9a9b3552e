// SPDX-License-Identifier: Apache-2.0

package current

import (
	"sync/atomic"

	"go.opentelemetry.io/otel"
)

// off is the identity of the provider with which nothing is traced; nil in a
// program that has an SDK.
var off atomic.Pointer[[2]uintptr]

// TurnOff says that the present global tracer provider is none that records:
// OTEL_SDK_DISABLED is true, say, and the program has set none. Hooks do
// nothing then, until the program sets a provider of its own that does something.
func TurnOff() {
	provider := identity(otel.GetTracerProvider())
	off.Store(&provider)
}

// Off reports whether nothing is traced since TurnOff. Propagators still do
// their work: what has come with a request goes on with those that are made for
// it (OpenTelemetry specification, OTEL_SDK_DISABLED).
func Off() bool {
	provider := off.Load()
	return provider != nil && (*provider == identity(otel.GetTracerProvider()) || silenced())
}
