// SPDX-License-Identifier: Apache-2.0

// Added to package route: tells otel.runtime/instrumentation/hertz of panics that an
// engine recovers.

package route

import (
	_ "unsafe" // for go:linkname

	"github.com/cloudwego/hertz/pkg/app"
)

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them.
//
//go:linkname otelRecovered
var otelRecovered func(ctx *app.RequestContext, value interface{})

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, ctx *app.RequestContext) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(ctx, value)
	}
	return value
}
