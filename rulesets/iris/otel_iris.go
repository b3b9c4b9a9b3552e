// SPDX-License-Identifier: Apache-2.0

// Added to package router: tells otel.runtime/instrumentation/iris which route has
// matched.

package router

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"github.com/kataras/iris/v12/context"
)

// otelMatched, if set, is told the path of a request's route.
//
//go:linkname otelMatched
var otelMatched func(req *http.Request, path string)

// otelRouted is ctx.SetCurrentRoute(route).
//
//go:linkname otelRouted
//go:noinline
func otelRouted(ctx *context.Context, route context.RouteReadOnly) {
	ctx.SetCurrentRoute(route)
	if f := otelMatched; f != nil && route != nil {
		f(ctx.Request(), route.Path())
	}
}
