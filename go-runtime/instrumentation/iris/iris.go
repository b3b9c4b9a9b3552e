// SPDX-License-Identifier: Apache-2.0

// Package iris takes the route that github.com/kataras/iris/v12 has found to the span
// that net/http's server has started, and errors and panics of its handlers.
// rulesets/iris says where. Nothing here imports iris: the program's version of it
// stays the program's.
package iris

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("iris", "github.com/kataras/iris")

// These are called by the files that are added to iris.
var (
	//go:linkname matched github.com/kataras/iris/v12/core/router.otelMatched
	matched func(req *http.Request, path string)
	//go:linkname failed github.com/kataras/iris/v12/context.otelFailed
	failed func(req *http.Request, err error)
	//go:linkname recovered github.com/kataras/iris/v12/middleware/recover.otelRecovered
	recovered func(ctx, value any)
)

func init() {
	matched, failed = router.Matched("iris_route"), router.Failed("iris_error")
	if tell := router.Recovered("iris_recover"); tell != nil {
		recovered = func(ctx, value any) { tell(requestOf(ctx), value) }
	}
}

// AfterHandle is the after hook of (*routerHandler).HandleRequest.
func AfterHandle(call *hook.Call, _, ctx any) {
	router.Left(call, requestOf(ctx))
}

// requestOf is the request of a *context.Context of iris.
func requestOf(ctx any) *http.Request {
	if of, ok := ctx.(interface{ Request() *http.Request }); ok {
		return of.Request()
	}
	return nil
}
