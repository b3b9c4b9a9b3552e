// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	_ "unsafe" // for go:linkname

	"otel.runtime/current"
	"otel.runtime/hook"
)

// These are in the file that is added to golang.org/x/net/websocket; nil where
// that isn't woven.
var (
	//go:linkname webSocketConfig golang.org/x/net/websocket.otelConfig
	webSocketConfig func(config any) (*url.URL, http.Header)
	//go:linkname webSocketHeader golang.org/x/net/websocket.otelHeader
	webSocketHeader func(h http.Header) http.Header
	//go:linkname webSocketAnswer golang.org/x/net/websocket.otelAnswer
	webSocketAnswer func(req *http.Request, code int)
)

func init() { webSocketHeader, webSocketAnswer = handshakeHeader, noteAnswer }

// handshakes are the requests of dials that are under way, by their spans. A dial
// has a goroutine of its own do the handshake, where its span is current.
var handshakes sync.Map // trace.SpanID to *sending

// handshakeHeader is the header of the dial that this goroutine belongs to,
// which began with h; or h.
func handshakeHeader(h http.Header) http.Header {
	defer hook.Contain("x_net_websocket_client_header", "handshakeHeader")
	if s, ok := handshakes.Load(current.SpanContext().SpanID()); ok {
		return s.(*sending).sent.Header
	}
	return h
}

// BeforeDialConfig is the before hook of golang.org/x/net/websocket's
// DialConfig, where it has no (*Config).DialContext.
func BeforeDialConfig(call *hook.Call, config any) {
	ctx := context.Background()
	BeforeDialConfigContext(call, config, &ctx)
}

// BeforeDialConfigContext is the before hook of (*Config).DialContext.
func BeforeDialConfigContext(call *hook.Call, config any, ctx *context.Context) {
	if webSocketConfig == nil {
		return
	}
	at, header := webSocketConfig(config)
	if at == nil {
		return
	}
	if s := dialing(call, *ctx, at, header); s != nil && s.node != nil {
		*ctx = s
		handshakes.Store(s.span.SpanContext().SpanID(), s)
	}
}

// AfterDialConfig is the after hook of both.
func AfterDialConfig(call *hook.Call, _ any, err error) {
	s, ok := call.Data().(*sending)
	if !ok {
		return
	}
	handshakes.Delete(s.span.SpanContext().SpanID())
	var resp *http.Response
	if err == nil {
		resp = &http.Response{StatusCode: http.StatusSwitchingProtocols, ProtoMajor: 1, ProtoMinor: 1}
	}
	AfterRoundTrip(call, resp, err)
}

// BeforeServeWebSocket has AfterHijack leave the span to noteAnswer. It is the
// before hook of golang.org/x/net/websocket's Server.serveWebSocket.
func BeforeServeWebSocket(_ any, _ http.ResponseWriter, req *http.Request) {
	if s := servingOf(req.Context()); s != nil {
		s.shakesHands.Store(true)
	}
}

// noteAnswer ends the span with the handshake, which has been written to the
// connection.
func noteAnswer(req *http.Request, code int) {
	defer hook.Contain("x_net_websocket_server_handshake", "noteAnswer")
	if s := servingOf(req.Context()); s != nil {
		s.answered = code
		s.handOver()
	}
}
