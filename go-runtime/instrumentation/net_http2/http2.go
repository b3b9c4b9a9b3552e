// SPDX-License-Identifier: Apache-2.0

// Package nethttp2 has the hooks of golang.org/x/net/http2, where it isn't
// net/http's own HTTP/2. rulesets/net_http2 says where each hook is called.
// Nothing here imports it: the program's version of it stays the program's.
package nethttp2

import (
	"net/http"
	"reflect"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

// servedHTTP2 is called by the file that is added to golang.org/x/net/http2; it
// exists where that is woven.
//
//go:linkname servedHTTP2 golang.org/x/net/http2.otelHandler
var servedHTTP2 func(h http.Handler) http.Handler

func init() { servedHTTP2 = traced }

// traced is h with a span for each request, for a connection that
// golang.org/x/net/http2 serves; or h itself where its requests come through
// net/http's serverHandler.ServeHTTP, as those of a net/http server do that x/net
// has been given to by http2.ConfigureServer.
func traced(h http.Handler) http.Handler {
	switch h.(type) {
	case nil, *tracedHandler:
		return h
	}
	if t := reflect.TypeOf(h); t.PkgPath() == "net/http" && (t.Name() == "serverHandler" || t.Name() == "initALPNRequest") {
		return h
	}
	return &tracedHandler{h}
}

type tracedHandler struct{ of http.Handler }

// ServeHTTP is what serverHandler.ServeHTTP becomes when it is woven: AfterServe
// finds a panic by the frame that holds call.
func (t *tracedHandler) ServeHTTP(rw http.ResponseWriter, req *http.Request) {
	var call hook.Call
	defer afterServed(&call)
	beforeServed(&call, rw, req)
	t.of.ServeHTTP(rw, req)
}

func beforeServed(call *hook.Call, rw http.ResponseWriter, req *http.Request) {
	defer hook.Contain("http2_server", "BeforeServe")
	nethttp.BeforeServe(call, nil, rw, req)
}

func afterServed(call *hook.Call) {
	defer hook.Contain("http2_server", "AfterServe")
	nethttp.AfterServe(call)
}

// BeforeRoundTrip and AfterRoundTrip are the hooks of net/http's round trips.
func BeforeRoundTrip(call *hook.Call, _ any, req **http.Request) {
	nethttp.BeforeRoundTrip(call, nil, req)
}

func AfterRoundTrip(call *hook.Call, resp *http.Response, err error) {
	nethttp.AfterRoundTrip(call, resp, err)
}

// BeforeRoundTripOpt is BeforeRoundTrip for functions with a second parameter.
func BeforeRoundTripOpt(call *hook.Call, _ any, req **http.Request, _ any) {
	nethttp.BeforeRoundTrip(call, nil, req)
}
