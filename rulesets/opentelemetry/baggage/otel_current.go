// SPDX-License-Identifier: Apache-2.0

// Added to the internal package baggage of the OpenTelemetry API: the goroutine's
// baggage for contexts without any. otel.runtime/instrumentation/opentelemetry sets otelCurrent,
// by linkname.

package baggage

import (
	"context"
	"unsafe"
)

// otelCurrent, if set, is the goroutine's baggage: the map of a List, nil if there
// is none.
//
//go:linkname otelCurrent
var otelCurrent func() unsafe.Pointer

// otelValue is what ctx says of baggage, be it none, else the goroutine's.
//
//go:linkname otelValue
//go:noinline
func otelValue(ctx context.Context, key any) any {
	carried := ctx.Value(key)
	if carried != nil || otelCurrent == nil {
		return carried
	}
	if list := otelCurrent(); list != nil {
		return baggageState{list: *(*List)(unsafe.Pointer(&list))}
	}
	return nil
}
