// SPDX-License-Identifier: Apache-2.0

// Added to package chi: tells otel.runtime/instrumentation/chi which route has matched.

package chi

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelMatched, if set, is told the pattern that the routers have matched so far:
// the whole one, in a nested router.
//
//go:linkname otelMatched
var otelMatched func(req *http.Request, pattern string, nested bool)

// otelFindRoute stands for the router's own search in (*Mux).routeHTTP. What isn't
// found has no route.
//
//go:linkname otelFindRoute
//go:noinline
//go:norace
func otelFindRoute(tree *node, r *http.Request, rctx *Context, method methodTyp, path string) (*node, endpoints, http.Handler) {
	found, all, handler := tree.FindRoute(rctx, method, path)
	if f := otelMatched; f != nil && handler != nil {
		f(r, rctx.RoutePattern(), len(rctx.RoutePatterns) > 1)
	}
	return found, all, handler
}
