// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"

	"otel.runtime/hook"
)

// BeforeServeHTTP2 is BeforeServe for the server of golang.org/x/net/http2: the
// before hook of (*serverConn).runHandler, which each request comes through.
func BeforeServeHTTP2(call *hook.Call, _ any, rw any, req *http.Request, _ any) {
	if w, ok := rw.(http.ResponseWriter); ok {
		BeforeServe(call, nil, w, req)
	}
}
