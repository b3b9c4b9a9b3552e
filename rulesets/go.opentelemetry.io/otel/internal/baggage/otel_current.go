// SPDX-License-Identifier: Apache-2.0

// Added to the internal package baggage of the OpenTelemetry API, for package
// baggage and otel.runtime/current.

package baggage

import (
	"context"
	_ "unsafe" // for go:linkname
)

// otelCarries reports whether ctx says what baggage there is, be it none.
//
//go:linkname otelCarries
var otelCarries func(ctx context.Context) bool = otelHasState

//go:linkname otelHasState
//go:noinline
func otelHasState(ctx context.Context) bool { return ctx.Value(baggageKey) != nil }
