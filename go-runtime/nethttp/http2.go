// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
)

// BeforeServeHTTP2 is BeforeServe for the server of golang.org/x/net/http2: the
// before hook of (*serverConn).runHandler, which each request comes through.
func BeforeServeHTTP2(call *hook.Call, _ any, rw any, req *http.Request, _ any) {
	if w, ok := rw.(http.ResponseWriter); ok {
		BeforeServe(call, nil, w, req)
	}
}

// panickedHTTP2 is called by the file that is added to golang.org/x/net/http2;
// it exists where that is woven.
//
//go:linkname panickedHTTP2 golang.org/x/net/http2.otelPanicked
var panickedHTTP2 func(req *http.Request, value any)

func init() { panickedHTTP2 = notePanicHTTP2 }

// notePanicHTTP2 ends the span by the panic: AfterServe comes when the server
// has recovered it.
func notePanicHTTP2(req *http.Request, value any) {
	defer hook.Contain("http2_server_panic", "notePanicHTTP2")
	if s, ok := req.Context().(*serving); ok && s.over.CompareAndSwap(false, true) {
		s.end(value, true)
	}
}
