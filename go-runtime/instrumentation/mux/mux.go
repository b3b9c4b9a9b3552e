// SPDX-License-Identifier: Apache-2.0

// Package mux takes the route that github.com/gorilla/mux has found to the span
// that net/http's server has started, and panics that leave a router.
// rulesets/mux says where. Nothing here imports mux: the program's version
// of it stays the program's.
package mux

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("mux", "github.com/gorilla/mux")

// matched is called by the file that is added to mux.
//
//go:linkname matched github.com/gorilla/mux.otelMatched
var matched func(req *http.Request, template string)

func init() { matched = router.Matched("mux_route") }

// AfterServe is the after hook of (*Router).ServeHTTP.
func AfterServe(call *hook.Call, _ any, _ http.ResponseWriter, req *http.Request) {
	router.Left(call, req)
}
