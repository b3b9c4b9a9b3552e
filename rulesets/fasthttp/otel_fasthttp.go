// SPDX-License-Identifier: Apache-2.0

// Added to package fasthttp: has handlers called within the span of their request,
// and a RequestCtx answer with it.

package fasthttp

import (
	_ "unsafe" // for go:linkname
)

// otelServing, if set, calls h with ctx. What it leaves in of answers for ctx what
// h's ctx.Value is asked, until it is nil again.
//
//go:linkname otelServing
var otelServing func(h RequestHandler, ctx *RequestCtx, of *interface {
	Value(key interface{}) interface{}
})

//go:linkname otelServe
//go:noinline
func otelServe(h RequestHandler, ctx *RequestCtx) {
	if otelServing != nil {
		otelServing(h, ctx, &ctx.otel)
	} else {
		h(ctx)
	}
}

//go:linkname otelValue
//go:noinline
func otelValue(ctx *RequestCtx, key interface{}) interface{} {
	if of := ctx.otel; of != nil {
		return of.Value(key)
	}
	return nil
}
