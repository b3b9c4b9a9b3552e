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
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel"

	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

// dial is the context of a handshake by gorilla's (*Dialer).DialContext.
type dial struct {
	context.Context
	handshake *nethttp.Handshake
	url       string
}

type dialKey struct{}

func (d *dial) Value(key any) any {
	if _, ours := key.(dialKey); ours {
		return d
	}
	return d.Context.Value(key)
}

// dialing is called by the file that is added to github.com/gorilla/websocket. The
// header isn't kept.
//
//go:linkname dialing github.com/gorilla/websocket.otelDialing
var dialing func(ctx context.Context, rawURL string, header http.Header) (context.Context, http.Header)

func init() { dialing = beforeDial }

// beforeDial is the context and the header for a handshake; nil where they stay.
func beforeDial(ctx context.Context, rawURL string, header http.Header) (context.Context, http.Header) {
	defer hook.Contain("gorilla_websocket_client", "beforeDial")
	at, err := url.Parse(rawURL)
	if err != nil {
		return nil, nil
	}
	var call hook.Call
	if h := nethttp.BeginHandshake(&call, ctx, at, canonical(header)); h != nil {
		return &dial{h.WithSpan(), h, rawURL}, h.Header()
	}
	if h := nethttp.HandshakeOf(&call); h != nil {
		return &dial{ctx, h, rawURL}, nil // it is measured
	}
	return nil, nil
}

// canonical is a copy of a header, which gorilla sends as it is spelled, with the
// propagators' names spelled as they spell them: else there would be two of a name.
func canonical(header http.Header) http.Header {
	sent := header.Clone()
	for _, field := range otel.GetTextMapPropagator().Fields() {
		name := http.CanonicalHeaderKey(field)
		for own, values := range header {
			if own != name && http.CanonicalHeaderKey(own) == name {
				delete(sent, own)
				sent[name] = append(sent[name], values...)
			}
		}
	}
	return sent
}

// AfterDialContext has the response of a handshake, also of one that was
// refused. It is the after hook of gorilla's (*Dialer).DialContext, by whose
// context it finds what beforeDial began.
func AfterDialContext(call *hook.Call, _ any, ctx context.Context, rawURL string, _, _ any, resp *http.Response, err error) {
	if ctx == nil {
		return
	}
	d, ok := ctx.Value(dialKey{}).(*dial)
	if !ok || d.url != rawURL {
		return
	}
	d.handshake.Keep(call)
	if resp != nil && resp.Request != nil {
		if resp.Request.Context() == d {
			resp.Request = resp.Request.WithContext(d.Context)
		}
		d.handshake.Restore(resp.Request.Header)
	}
	nethttp.AfterRoundTrip(call, resp, err)
}
