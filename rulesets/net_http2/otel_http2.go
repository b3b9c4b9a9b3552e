// SPDX-License-Identifier: Apache-2.0

// Added to package golang.org/x/net/http2: the handler of a connection's
// requests.

package http2

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelHandler, if set, is the handler to serve a connection with in the place
// of h.
//
//go:linkname otelHandler
var otelHandler func(h http.Handler) http.Handler

//go:linkname otelServed
//go:noinline
func otelServed(h http.Handler) http.Handler {
	if otelHandler != nil {
		return otelHandler(h)
	}
	return h
}
