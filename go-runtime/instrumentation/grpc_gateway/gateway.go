// SPDX-License-Identifier: Apache-2.0

// Package grpcgateway takes the pattern that a handler of
// github.com/grpc-ecosystem/grpc-gateway/v2 is registered for to the span that
// net/http's server has started, and panics that leave a mux. rulesets/grpc_gateway
// says where. Nothing here imports grpc-gateway: the program's version of it stays the
// program's.
package grpcgateway

import (
	"net/http"
	"strings"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("grpc-gateway", "github.com/grpc-ecosystem/grpc-gateway")

// matched is called by the file that is added to grpc-gateway.
//
//go:linkname matched github.com/grpc-ecosystem/grpc-gateway/v2/runtime.otelMatched
var matched func(req *http.Request, pattern string)

func init() {
	if tell := router.Matched("grpc_gateway_route"); tell != nil {
		matched = func(req *http.Request, pattern string) { tell(req, routeOf(pattern)) }
	}
}

// routeOf is a pattern as the program has it: where that says {name}, the gateway says
// {name=*}.
func routeOf(pattern string) string { return strings.ReplaceAll(pattern, "=*}", "}") }

// AfterServe is the after hook of (*ServeMux).ServeHTTP.
func AfterServe(call *hook.Call, _ any, _ http.ResponseWriter, req *http.Request) {
	router.Left(call, req)
}
