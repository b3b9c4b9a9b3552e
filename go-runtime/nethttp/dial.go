// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"net/url"

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

// BeforeDialContext is the before hook of gorilla's (*Dialer).DialContext.
func BeforeDialContext(call *hook.Call, _ any, ctx *context.Context, rawURL string, header *http.Header) {
	at, err := url.Parse(rawURL)
	if err != nil {
		return
	}
	if s := dialing(call, *ctx, at, *header); s != nil {
		*ctx, *header = s, s.sent.Header
	}
}

// AfterDialContext has the response of a handshake, also of one that was
// refused. It is the after hook of gorilla's (*Dialer).DialContext.
func AfterDialContext(call *hook.Call, _ any, resp *http.Response, err error) {
	if s, ok := call.Data().(*sending); ok && resp != nil && resp.Request != nil {
		for name := range s.sent.Header {
			if _, own := s.original.Header[name]; !own {
				delete(resp.Request.Header, name)
			}
		}
	}
	AfterRoundTrip(call, resp, err)
}
