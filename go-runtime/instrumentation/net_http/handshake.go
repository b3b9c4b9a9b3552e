// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"net/url"
	"reflect"

	"go.opentelemetry.io/otel/trace"
	"otel.runtime/hook"
)

// Handshake is the request of a websocket's handshake (RFC 6455, section 4.1) by a
// library that writes it to a connection itself. Its span is that of any other
// request, and ends with the handshake, by AfterRoundTrip.
type Handshake sending

// BeginHandshake starts the span of the handshake with what is at a URL, as
// BeforeRoundTrip does; nil if it isn't traced.
func BeginHandshake(call *hook.Call, ctx context.Context, at *url.URL, header http.Header) *Handshake {
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
	if h := HandshakeOf(call); h != nil && h.sent.URL != nil {
		return h
	}
	return nil // it is measured at most
}

// HandshakeOf is what BeginHandshake has kept for the call; nil if it isn't even measured.
func HandshakeOf(call *hook.Call) *Handshake {
	s, _ := call.Data().(*sending)
	return (*Handshake)(s)
}

// Keep has the handshake be that of another call, whose AfterRoundTrip ends it.
func (h *Handshake) Keep(call *hook.Call) { call.SetData((*sending)(h)) }

// WithSpan is the context that has the span.
func (h *Handshake) WithSpan() context.Context { return (*sending)(h) }

// Header is what is to be sent: the caller's, with the trace context.
func (h *Handshake) Header() http.Header { return h.sent.Header }

// Restore makes a header of what was sent one without what was added to the caller's,
// or put in the place of the caller's.
func (h *Handshake) Restore(header http.Header) {
	for name := range h.sent.Header {
		if own, ok := h.original.Header[name]; ok {
			header[name] = own
		} else {
			delete(header, name)
		}
	}
}

// BeganWith reports whether the caller's header is this one.
func (h *Handshake) BeganWith(header http.Header) bool {
	own := h.original.Header
	return len(header) == 0 && len(own) == 0 || reflect.ValueOf(header).UnsafePointer() == reflect.ValueOf(own).UnsafePointer()
}

// Current reports whether its span is the goroutine's, and SpanID is that span's.
func (h *Handshake) Current() bool { return h.Pushed() }

// SpanID is that of the handshake's span.
func (h *Handshake) SpanID() trace.SpanID { return h.Span().SpanContext().SpanID() }

// AwaitHandshake has the span of a server's request go on until EndHandshake, though
// the handler takes over the connection before it answers.
func AwaitHandshake(req *http.Request) {
	if s := servingOf(req.Context()); s != nil {
		s.shakesHands.Store(true)
	}
}

// EndHandshake ends the span with the handshake, whose status has been written to
// the connection.
func EndHandshake(req *http.Request, status int) {
	if s := servingOf(req.Context()); s != nil {
		s.answered = status
		s.handOver()
	}
}
