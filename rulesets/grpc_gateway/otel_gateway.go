// SPDX-License-Identifier: Apache-2.0

//go:build go1.21

// Added to package runtime of grpc-gateway: tells
// otel.runtime/instrumentation/grpc_gateway which pattern has matched.

package runtime

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelMatched, if set, is told the pattern that a request's handler is registered for.
//
//go:linkname otelMatched
var otelMatched func(req *http.Request, pattern string)

// otelHandler makes a handler one that tells its pattern. One that is nil stays so.
//
//go:linkname otelHandler
//go:noinline
//go:norace
func otelHandler(pat Pattern, h HandlerFunc) HandlerFunc {
	if h == nil {
		return nil
	}
	return otelTelling[int](pat.String(), h)
}

// otelTelling is generic as its function literal must be: generic code, which many
// packages may have, is numbered apart as linked names are.
//
//go:noinline
func otelTelling[otel any](pattern string, h HandlerFunc) HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request, pathParams map[string]string) {
		if f := otelMatched; f != nil {
			f(r, pattern)
		}
		h(w, r, pathParams)
	}
}
