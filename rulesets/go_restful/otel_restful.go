// SPDX-License-Identifier: Apache-2.0

// Added to package restful: tells otel.runtime/instrumentation/go_restful which route
// has matched, and of recovered panics.

package restful

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelMatched, if set, is told the path of a request's route.
//
//go:linkname otelMatched
var otelMatched func(req *http.Request, path string)

// otelRouted tells the path of a route and gives the route back.
//
//go:linkname otelRouted
//go:noinline
func otelRouted(route *Route, req *http.Request) *Route {
	if f := otelMatched; f != nil && route != nil {
		f(req, route.Path)
	}
	return route
}

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them.
//
//go:linkname otelRecovered
var otelRecovered func(req *http.Request, value interface{})

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, req *http.Request) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(req, value)
	}
	return value
}
