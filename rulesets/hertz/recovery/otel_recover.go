// SPDX-License-Identifier: Apache-2.0

// Added to package recovery: tells otel.runtime/instrumentation/hertz of recovered
// panics.

package recovery

import (
	"context"
	_ "unsafe" // for go:linkname
)

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them.
//
//go:linkname otelRecovered
var otelRecovered func(ctx context.Context, value interface{})

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, ctx context.Context) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(ctx, value)
	}
	return value
}
