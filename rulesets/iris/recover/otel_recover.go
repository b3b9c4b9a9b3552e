// SPDX-License-Identifier: Apache-2.0

// Added to package recover: tells otel.runtime/instrumentation/iris of recovered
// panics.

package recover

import (
	_ "unsafe" // for go:linkname

	"github.com/kataras/iris/v12/context"
)

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them. ctx has the request.
//
//go:linkname otelRecovered
var otelRecovered func(ctx, value interface{})

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, ctx *context.Context) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(ctx, value)
	}
	return value
}
