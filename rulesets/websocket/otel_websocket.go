// SPDX-License-Identifier: Apache-2.0

// Added to package golang.org/x/net/websocket: what a client's handshake says
// besides the program's own headers, and how a server has answered one.

package websocket

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelHeader, if set, is the header to send in the place of h, which stays as it
// is.
//
//go:linkname otelHeader
var otelHeader func(h http.Header) http.Header

//go:linkname otelSent
//go:noinline
func otelSent(h http.Header) http.Header {
	if otelHeader != nil {
		return otelHeader(h)
	}
	return h
}

// otelAnswer, if set, is told the status of a server's handshake.
//
//go:linkname otelAnswer
var otelAnswer func(req *http.Request, code int)

//go:linkname otelAnswered
//go:noinline
func otelAnswered(req *http.Request, code int) {
	if otelAnswer != nil {
		otelAnswer(req, code)
	}
}
