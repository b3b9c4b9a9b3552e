// SPDX-License-Identifier: Apache-2.0

// Package echo has the hooks of github.com/labstack/echo, v4 and v5: the route,
// the errors and the panics of a request go to the span that net/http's server
// has started. rulesets/echo says where each hook is called. Nothing here
// imports echo: the program's version of it stays the program's.
package echo

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("echo", "github.com/labstack/echo")

// These are in the files that are added to echo: what a context has been routed
// to, and whom to tell of errors and recovered panics.
var (
	//go:linkname routed4 github.com/labstack/echo/v4.otelRouted
	routed4 func(c any) (req *http.Request, path string)
	//go:linkname failed4 github.com/labstack/echo/v4.otelFailed
	failed4 func(req *http.Request, err error)
	//go:linkname recovered4 github.com/labstack/echo/v4/middleware.otelRecovered
	recovered4 func(req *http.Request, value any)

	//go:linkname failed5 github.com/labstack/echo/v5.otelFailed
	failed5 func(req *http.Request, err error)
	//go:linkname recovered5 github.com/labstack/echo/v5/middleware.otelRecovered
	recovered5 func(req *http.Request, value any)
)

func init() {
	failed4, recovered4 = router.Failed("echo_error"), router.Recovered("echo_recover")
	failed5, recovered5 = router.Failed("echo5_error"), router.Recovered("echo5_recover")
}

// AfterFind tells the route. It is the after hook of v4's (*Router).Find, which
// comes before the handler.
func AfterFind(_ any, _, _ string, c any) {
	if router.Off || routed4 == nil {
		return
	}
	if req, path := routed4(c); req != nil {
		nethttp.SetInnerRoute(req, path)
	}
}

// AfterRoute is the same for v5's (*DefaultRouter).Route.
func AfterRoute(_ any, c any, _ any) {
	routed, ok := c.(interface {
		Path() string
		Request() *http.Request
	})
	if !ok || router.Off {
		return
	}
	if req := routed.Request(); req != nil {
		nethttp.SetInnerRoute(req, routed.Path())
	}
}

// AfterServe tells of a panic that a middleware around echo may recover. It is
// the after hook of (*Echo).ServeHTTP.
func AfterServe(call *hook.Call, _ any, _ http.ResponseWriter, req *http.Request) {
	router.Left(call, req)
}
