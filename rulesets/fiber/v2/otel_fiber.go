// SPDX-License-Identifier: Apache-2.0

// Added to package fiber: tells otel.runtime/instrumentation/fiber which route has
// matched, and of errors; and asks it for a request's context.

package fiber

import (
	"context"
	"errors"
	_ "unsafe" // for go:linkname

	"github.com/valyala/fasthttp"
)

// otelMatched, if set, is told the path of the route that a request has matched.
//
//go:linkname otelMatched
var otelMatched func(ctx context.Context, path string)

// otelHandler is the first handler of a route. Middleware is no route.
//
//go:linkname otelHandler
//go:noinline
func otelHandler(ctx *fasthttp.RequestCtx, route *Route) Handler {
	if f := otelMatched; f != nil && ctx != nil && !route.use {
		f(ctx, route.Path)
	}
	return route.Handlers[0]
}

// otelFailed, if set, is told of errors of handlers.
//
//go:linkname otelFailed
var otelFailed func(ctx context.Context, err error)

// otelFail tells of an error that isn't only a client's mistake.
//
//go:linkname otelFail
//go:noinline
func otelFail(c *Ctx, err error) {
	f := otelFailed
	if f == nil || err == nil || c == nil {
		return
	}
	var answer *Error
	if errors.As(err, &answer) && answer.Code < 500 {
		return
	}
	if ctx := c.Context(); ctx != nil {
		f(ctx, err)
	}
}

// otelContextOf, if set, is the context of a request that has a span, or nil.
//
//go:linkname otelContextOf
var otelContextOf func(ctx context.Context) context.Context

//go:linkname otelContext
//go:noinline
func otelContext(ctx *fasthttp.RequestCtx) context.Context {
	if f := otelContextOf; f != nil && ctx != nil {
		if of := f(ctx); of != nil {
			return of
		}
	}
	return context.Background()
}
