// SPDX-License-Identifier: Apache-2.0

// Added to package mux: tells otel.runtime/instrumentation/mux which route has matched.

package mux

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelMatched, if set, is told the template of the route that a router has
// found for a request.
//
//go:linkname otelMatched
var otelMatched func(req *http.Request, template string)

// otelMatch stands around Match in (*Router).ServeHTTP and gives its result
// back. A handler for what isn't found has no route.
//
//go:linkname otelMatch
//go:noinline
//go:norace
func otelMatch(req *http.Request, match *RouteMatch, matched bool) bool {
	if f := otelMatched; f != nil && matched && match.Route != nil {
		if template, err := match.Route.GetPathTemplate(); err == nil {
			f(req, template)
		}
	}
	return matched
}
