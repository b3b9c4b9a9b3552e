// SPDX-License-Identifier: Apache-2.0

// Package gorestful takes the route that github.com/emicklei/go-restful/v3 has
// selected to the span that net/http's server has started, and panics that leave a
// container or that it recovers. rulesets/go_restful says where. Nothing here imports
// go-restful: the program's version of it stays the program's.
package gorestful

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("go-restful", "github.com/emicklei/go-restful")

// These are called by the file that is added to go-restful.
var (
	//go:linkname matched github.com/emicklei/go-restful/v3.otelMatched
	matched func(req *http.Request, path string)
	//go:linkname recovered github.com/emicklei/go-restful/v3.otelRecovered
	recovered func(req *http.Request, value any)
)

func init() {
	matched, recovered = router.Matched("restful_route"), router.Recovered("restful_recover")
}

// AfterDispatch is the after hook of (*Container).dispatch.
func AfterDispatch(call *hook.Call, _ any, _ http.ResponseWriter, req *http.Request) {
	router.Left(call, req)
}
