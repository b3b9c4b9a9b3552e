// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"bufio"
	"net"
	"net/http"

	"otel.runtime/hook"
)

// RequestOf is the request that an HTTP/1 response answers, nil for any other
// value. The rule http_request sets it; nil where net/http isn't woven.
var RequestOf func(w any) *http.Request

// BeforeHijack finds what is being served. It is the before hook of
// (*response).Hijack.
func BeforeHijack(call *hook.Call, w any) {
	if RequestOf == nil {
		return
	}
	if req := RequestOf(w); req != nil {
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
