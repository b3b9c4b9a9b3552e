// SPDX-License-Identifier: Apache-2.0

// Added to package net/http: what otel.runtime/instrumentation/net_http can't reach from
// outside, through function variables, by linkname. Nothing that a handler or
// a caller gets is wrapped for it.

package http

import (
	"context"
	_ "unsafe" // for go:linkname
)

// otelSetRequestContext gives r another context, in place. Only for who owns
// the request.
//
//go:linkname otelSetRequestContext
var otelSetRequestContext func(r *Request, ctx context.Context) = otelStoreRequestContext

//go:linkname otelStoreRequestContext
//go:noinline
func otelStoreRequestContext(r *Request, ctx context.Context) { r.ctx = ctx }

// otelResponseState is what has become of an HTTP/1 response: its status (0 if
// none was written), the size of the body so far (-1 if there is no telling), and whether the handler has
// taken over the connection. known is false for any other ResponseWriter.
//
//go:linkname otelResponseState
var otelResponseState func(w ResponseWriter) (status int, written int64, hijacked, known bool) = otelLoadResponseState

//go:linkname otelLoadResponseState
//go:noinline
func otelLoadResponseState(w ResponseWriter) (status int, written int64, hijacked, known bool) {
	r, ok := w.(*response)
	if !ok {
		return 0, 0, false, false
	}
	switch written, hijacked = r.written, r.conn.hijacked(); {
	case hijacked && written > 0, r.contentLength != -1 && written > r.contentLength:
		written = -1 // some of it may never have been sent: which part, nobody has noted
	}
	return r.status, written, hijacked, true
}

// otelRouted, if set, is told the pattern that the mux of Go 1.21 has found for
// a request, which that mux tells nobody.
//
//go:linkname otelRouted
var otelRouted func(r *Request, pattern string)

// otelFindHandler121 stands around findHandler in (*ServeMux).ServeHTTP. (A hook
// on findHandler would change what its parameters are known to escape to, and so
// the package's export data.)
//
//go:linkname otelFindHandler121
//go:noinline
func otelFindHandler121(mux *serveMux121, r *Request) (h Handler, pattern string) {
	h, pattern = mux.findHandler(r)
	if otelRouted != nil {
		otelRouted(r, pattern)
	}
	return h, pattern
}

// otelCallersRequest, if set, is the request that RoundTrip's caller has, of
// which r is the copy that is sent.
//
//go:linkname otelCallersRequest
var otelCallersRequest func(r *Request) *Request

//go:linkname otelOriginalOf
//go:noinline
func otelOriginalOf(r *Request) *Request {
	if otelCallersRequest != nil {
		return otelCallersRequest(r)
	}
	return r
}
