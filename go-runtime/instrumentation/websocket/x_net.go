// SPDX-License-Identifier: Apache-2.0

package websocket

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	_ "unsafe" // for go:linkname

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

// WebSocketConfig is what a *websocket.Config of golang.org/x/net asks for. The
// rule x_net_websocket_config sets it.
var WebSocketConfig func(config any) (*url.URL, http.Header)

// These are in the file that is added to golang.org/x/net/websocket; nil where
// that isn't woven.
var (
	//go:linkname webSocketHeader golang.org/x/net/websocket.otelHeader
	webSocketHeader func(h http.Header) http.Header
	//go:linkname webSocketAnswer golang.org/x/net/websocket.otelAnswer
	webSocketAnswer func(req *http.Request, code int)
)

func init() { webSocketHeader, webSocketAnswer = handshakeHeader, noteAnswer }

// handshakes are the dials that are under way, by their spans. A dial
// has a goroutine of its own do the handshake, where its span is current.
var handshakes sync.Map // trace.SpanID to *nethttp.Handshake

// handshakeHeader is the header of the dial that this goroutine belongs to,
// which began with h; or h.
func handshakeHeader(h http.Header) http.Header {
	defer hook.Contain("x_net_websocket_client_header", "handshakeHeader")
	if at, ok := handshakes.Load(current.SpanContext().SpanID()); ok {
		// A provider that only propagates has one id for several dials.
		if dial := at.(*nethttp.Handshake); dial.BeganWith(h) {
			return dial.Header()
		}
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
	if WebSocketConfig == nil {
		return
	}
	at, header := WebSocketConfig(config)
	if at == nil {
		return
	}
	if h := nethttp.BeginHandshake(call, *ctx, at, header); h != nil && h.Current() {
		*ctx = h.WithSpan()
		handshakes.Store(h.SpanID(), h)
	}
}

// AfterDialConfig is the after hook of both.
func AfterDialConfig(call *hook.Call, _ any, err error) {
	h := nethttp.HandshakeOf(call)
	if h == nil {
		return
	}
	handshakes.CompareAndDelete(h.SpanID(), h)
	var resp *http.Response
	if err == nil {
		resp = &http.Response{StatusCode: http.StatusSwitchingProtocols, ProtoMajor: 1, ProtoMinor: 1}
	}
	nethttp.AfterRoundTrip(call, resp, err)
}

// BeforeServeWebSocket has the SERVER span go on until the handshake. It is the
// before hook of golang.org/x/net/websocket's Server.serveWebSocket.
func BeforeServeWebSocket(_ any, _ http.ResponseWriter, req *http.Request) {
	nethttp.AwaitHandshake(req)
}

// noteAnswer ends the span with the handshake.
func noteAnswer(req *http.Request, code int) {
	defer hook.Contain("x_net_websocket_server_handshake", "noteAnswer")
	nethttp.EndHandshake(req, code)
}
