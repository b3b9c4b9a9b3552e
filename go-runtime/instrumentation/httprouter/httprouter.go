// SPDX-License-Identifier: Apache-2.0

// Package httprouter takes the path that a handle of
// github.com/julienschmidt/httprouter is registered for to the span that net/http's
// server has started, and panics that leave a router or that it recovers.
// rulesets/httprouter says where. Nothing here imports httprouter: the program's
// version of it stays the program's.
package httprouter

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("httprouter", "github.com/julienschmidt/httprouter")

// These are called by the file that is added to httprouter.
var (
	//go:linkname matched github.com/julienschmidt/httprouter.otelMatched
	matched func(req *http.Request, path string)
	//go:linkname recovered github.com/julienschmidt/httprouter.otelRecovered
	recovered func(req *http.Request, value any)
)

func init() {
	matched, recovered = router.Matched("httprouter_route"), router.Recovered("httprouter_recover")
}

// AfterServe is the after hook of (*Router).ServeHTTP.
func AfterServe(call *hook.Call, _ any, _ http.ResponseWriter, req *http.Request) {
	router.Left(call, req)
}
