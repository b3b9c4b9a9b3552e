// SPDX-License-Identifier: Apache-2.0

// Package websocket has the hooks of github.com/gorilla/websocket and of
// golang.org/x/net/websocket, which write their handshakes to a connection
// themselves. rulesets/websocket says where each hook is called. Nothing here
// imports them: the program's versions stay the program's.
package websocket

import (
	"context"
	"net/http"
	"net/url"

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

// BeforeDialContext is the before hook of gorilla's (*Dialer).DialContext.
func BeforeDialContext(call *hook.Call, _ any, ctx *context.Context, rawURL string, header *http.Header) {
	at, err := url.Parse(rawURL)
	if err != nil {
		return
	}
	if h := nethttp.BeginHandshake(call, *ctx, at, *header); h != nil {
		*ctx, *header = h.WithSpan(), h.Header()
	}
}

// AfterDialContext has the response of a handshake, also of one that was
// refused. It is the after hook of gorilla's (*Dialer).DialContext.
func AfterDialContext(call *hook.Call, _ any, resp *http.Response, err error) {
	if h := nethttp.HandshakeOf(call); h != nil && resp != nil && resp.Request != nil {
		h.Restore(resp.Request.Header)
	}
	nethttp.AfterRoundTrip(call, resp, err)
}
