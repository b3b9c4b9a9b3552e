// SPDX-License-Identifier: Apache-2.0

// Added to package baggage of the OpenTelemetry API: the goroutine's baggage for
// contexts without any. otel.runtime/opentelemetry sets otelCurrent, by
// linkname.

package baggage

import (
	"context"
	_ "unsafe" // for go:linkname
)

// otelCurrent, if set, is the goroutine's baggage.
//
//go:linkname otelCurrent
var otelCurrent func() Baggage

// otelCarries is in the internal package baggage.
//
//go:linkname otelCarries go.opentelemetry.io/otel/internal/baggage.otelCarries
var otelCarries func(ctx context.Context) bool

// otelOf is the goroutine's baggage if ctx doesn't say what there is.
//
//go:linkname otelOf
//go:noinline
func otelOf(ctx context.Context) (bag Baggage, found bool) {
	if otelCurrent == nil || otelCarries == nil {
		return bag, false
	}
	if bag = otelCurrent(); bag.Len() == 0 || otelCarries(ctx) {
		return Baggage{}, false
	}
	return bag, true
}
