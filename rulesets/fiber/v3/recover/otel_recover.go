// SPDX-License-Identifier: Apache-2.0

// Added to package recover: tells otel.runtime/instrumentation/fiber of recovered
// panics.

package recover

import (
	_ "unsafe" // for go:linkname

	"github.com/gofiber/fiber/v3"
)

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them. ctx is a context.Context.
//
//go:linkname otelRecovered
var otelRecovered func(ctx, value interface{})

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, c fiber.Ctx) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(c.RequestCtx(), value)
	}
	return value
}
