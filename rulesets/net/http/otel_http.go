// SPDX-License-Identifier: Apache-2.0

// Added to package net/http: what otel.runtime/nethttp can't reach from
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
// none was written), the size of the body so far, and whether the handler has
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
	return r.status, r.written, r.conn.hijacked(), true
}
