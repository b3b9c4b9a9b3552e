// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"reflect"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
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
	BeforeServe(call, nil, rw, req)
}

func afterServed(call *hook.Call) {
	defer hook.Contain("http2_server", "AfterServe")
	AfterServe(call)
}

// BeforeRoundTripOpt is BeforeRoundTrip for functions of
// golang.org/x/net/http2 with a second parameter.
func BeforeRoundTripOpt(call *hook.Call, _ any, req **http.Request, _ any) {
	BeforeRoundTrip(call, nil, req)
}
