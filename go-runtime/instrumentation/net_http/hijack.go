// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"bufio"
	"net"
	"net/http"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
)

// requestOf is in the file that is added to net/http; nil where that isn't
// woven.
//
//go:linkname requestOf net/http.otelRequestOf
var requestOf func(w any) *http.Request

// BeforeHijack finds what is being served. It is the before hook of
// (*response).Hijack.
func BeforeHijack(call *hook.Call, w any) {
	if requestOf == nil {
		return
	}
	if req := requestOf(w); req != nil {
		if s := servingOf(req.Context()); s != nil {
			call.SetData(s)
		}
	}
}

// AfterHijack ends the request's span: the connection, which may last for
// hours, is the handler's own from here on, as with a websocket.
func AfterHijack(call *hook.Call, _ net.Conn, _ *bufio.ReadWriter, err error) {
	if s, ok := call.Data().(*serving); ok && err == nil && !s.shakesHands.Load() {
		s.handOver()
	}
}

// handOver ends the span.
func (s *serving) handOver() { s.HandOver(func() { s.end(nil, false) }) }
