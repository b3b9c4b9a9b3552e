// SPDX-License-Identifier: Apache-2.0

// Added to package github.com/gorilla/websocket: a client's handshake is told
// before it is made.

package websocket

import (
	"context"
	"net/http"
	"unsafe"
)

// otelDialing, if set, has the context and the header of a handshake, which it
// doesn't keep, and returns those to use instead, or nil.
//
//go:linkname otelDialing
var otelDialing func(ctx context.Context, url string, header http.Header) (context.Context, http.Header)

// otelDial asks. The header may lie on the stack, as it may without it: what is
// known of that is seen by importers.
//
//go:linkname otelDial
//go:noinline
//go:norace
//go:nocheckptr
func otelDial(ctx context.Context, url string, header http.Header) (context.Context, http.Header) {
	if otelDialing == nil {
		return ctx, header
	}
	hidden := uintptr(unsafe.Pointer(&header))
	with, sent := otelDialing(ctx, url, *(*http.Header)(unsafe.Pointer(hidden ^ 0)))
	if with == nil {
		return ctx, header
	}
	if sent == nil {
		return with, header
	}
	return with, sent
}
