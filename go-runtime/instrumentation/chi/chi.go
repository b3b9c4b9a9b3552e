// SPDX-License-Identifier: Apache-2.0

// Package chi takes the route that github.com/go-chi/chi has found to the span
// that net/http's server has started, and panics that leave a router or that its
// middleware recovers. rulesets/chi says where. Nothing here imports chi: the
// program's version of it stays the program's.
package chi

import (
	"net/http"
	"strings"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("chi", "github.com/go-chi/chi")

// These are called by the files that are added to chi, v5 and before.
var (
	//go:linkname matched5 github.com/go-chi/chi/v5.otelMatched
	matched5 func(req *http.Request, pattern string, nested bool)
	//go:linkname recovered5 github.com/go-chi/chi/v5/middleware.otelRecovered
	recovered5 func(req *http.Request, value any)

	//go:linkname matched1 github.com/go-chi/chi.otelMatched
	matched1 func(req *http.Request, pattern string, nested bool)
	//go:linkname recovered1 github.com/go-chi/chi/middleware.otelRecovered
	recovered1 func(req *http.Request, value any)
)

func init() {
	if !router.Off {
		matched5, matched1 = noteRoute, noteRoute
	}
	recovered5 = router.Recovered("chi_recover")
	recovered1 = recovered5
}

// noteRoute tells the pattern of all routers up to this one.
func noteRoute(req *http.Request, pattern string, nested bool) {
	defer hook.Contain("chi_route", "noteRoute")
	if nested {
		nethttp.SetNestedRoute(req, routeOf(pattern))
	} else {
		nethttp.SetInnerRoute(req, routeOf(pattern))
	}
}

// routeOf is a pattern as the newest releases of chi give it: that of a root within
// a nested router is the path that the router is mounted at.
func routeOf(pattern string) string {
	if pattern == "/" {
		return pattern
	}
	return strings.TrimSuffix(strings.TrimSuffix(pattern, "//"), "/")
}

// AfterRoute is the after hook of (*Mux).routeHTTP.
func AfterRoute(call *hook.Call, _ any, _ http.ResponseWriter, req *http.Request) {
	router.Left(call, req)
}
