// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"net/url"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
)

// A websocket's handshake is a request of HTTP (RFC 6455, section 4.1), which
// github.com/gorilla/websocket and golang.org/x/net/websocket write to a
// connection themselves. Its span is that of any other request, and ends with
// the handshake.

// dialing is the request of a handshake with what is at a URL, as BeforeRoundTrip
// leaves it; nil if it isn't traced.
func dialing(call *hook.Call, ctx context.Context, at *url.URL, header http.Header) *sending {
	sent := *at
	switch at.Scheme {
	case "ws":
		sent.Scheme = "http"
	case "wss":
		sent.Scheme = "https"
	}
	if ctx == nil || at.User != nil {
		return nil // which is refused
	}
	if header == nil {
		header = http.Header{}
	}
	r := (&http.Request{Method: http.MethodGet, URL: &sent, Header: header}).WithContext(ctx)
	BeforeRoundTrip(call, nil, &r)
	s, _ := call.Data().(*sending)
	if s == nil || s.sent.URL == nil {
		return nil // it is measured at most
	}
	return s
}

// dial is called by the file that is added to github.com/gorilla/websocket. The
// header isn't kept.
//
//go:linkname dial github.com/gorilla/websocket.otelDialing
var dial func(ctx context.Context, rawURL string, header http.Header) (context.Context, http.Header)

func init() { dial = beforeDial }

// beforeDial is the context and the header for a handshake by gorilla's
// (*Dialer).DialContext; nil where they stay.
func beforeDial(ctx context.Context, rawURL string, header http.Header) (context.Context, http.Header) {
	at, err := url.Parse(rawURL)
	if err != nil {
		return nil, nil
	}
	var call hook.Call
	if s := dialing(&call, ctx, at, header.Clone()); s != nil {
		s.dialed = rawURL
		return s, s.sent.Header
	}
	if s, measured := call.Data().(*sending); measured {
		s.dialed = rawURL
		return s, nil
	}
	return nil, nil
}

// AfterDialContext has the response of a handshake, also of one that was
// refused. It is the after hook of gorilla's (*Dialer).DialContext, by whose
// context it finds what beforeDial began.
func AfterDialContext(call *hook.Call, _ any, ctx context.Context, rawURL string, _, _ any, resp *http.Response, err error) {
	if ctx == nil {
		return
	}
	s, ok := ctx.Value(dialKey{}).(*sending)
	if !ok || s.dialed != rawURL {
		return
	}
	call.SetData(s)
	if resp != nil && resp.Request != nil {
		for name := range s.sent.Header {
			if _, own := s.original.Header[name]; !own {
				delete(resp.Request.Header, name)
			}
		}
	}
	AfterRoundTrip(call, resp, err)
}
