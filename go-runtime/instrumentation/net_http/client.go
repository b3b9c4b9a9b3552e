// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"

	"go.opentelemetry.io/otel"
	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
	"otel.runtime/telemetry/meter"
)

// sending is one round trip, from the before to the after hook. It is also the
// context of what is sent, by which callersRequest finds it.
type sending struct {
	httpconv.Sending
	original *http.Request // the caller's
	sent     http.Request  // a copy, with our headers
	headers  carrier.Injected
}

type sendingKey struct{}

func (s *sending) Value(key any) any {
	if _, ours := key.(sendingKey); ours {
		return s
	}
	return s.Context.Value(key)
}

func newSending(r *http.Request) *sending {
	s := &sending{original: r}
	s.Sent = httpconv.Sent{Method: r.Method, URL: r.URL, Resends: resends(r), Header: carrier.Canonical(r.Header)}
	return s
}

// BeforeRoundTrip starts the CLIENT span of a request, and has a copy of the
// request sent that carries the trace context. It is the before hook of
// (*http.Transport).RoundTrip, so each attempt and each redirect has its span.
func BeforeRoundTrip(call *hook.Call, _ any, req **http.Request) {
	r := *req
	// A request without URL or headers is refused by RoundTrip.
	if off.client || r == nil || r.URL == nil || r.Header == nil || !isHTTP(r.URL.Scheme) || httpconv.Excludes(r.URL) {
		return
	}
	if _, ok := r.Context().(dumping); ok {
		return
	}
	if current.Suppressed() {
		passOnSent(call, req)
		return
	}
	if sendingFor(r) {
		return
	}
	ctx := current.Context(r.Context())
	if httpconv.TracedByCaller(ctx, carrier.Canonical(r.Header)) {
		return
	}
	s := newSending(r)
	client.Begin(&s.Sending, ctx)
	if !s.Span().SpanContext().IsValid() { // no provider, and nothing to propagate
		if meter.Provided() {
			call.SetData(s)
		}
		return
	}
	s.inject(r)
	s.Push()
	*req = &s.sent
	call.SetData(s)
}

// sendingFor reports whether a Transport that has a span for r has passed it on
// to this one: net/http's to golang.org/x/net/http2's, or the other way round.
// A Transport may do so with a copy, which has the same URL, and with a context
// that is made of r's.
func sendingFor(r *http.Request) bool {
	s, ok := r.Context().Value(sendingKey{}).(*sending)
	return ok && s.sent.URL == r.URL
}

// inject makes what is sent: r with another context, and with that in its
// headers.
func (s *sending) inject(r *http.Request) {
	if setRequestContext != nil {
		s.sent = *r
		setRequestContext(&s.sent, s)
	} else {
		s.sent = *r.WithContext(s)
	}
	s.sent.Header = r.Header.Clone()
	s.headers.Canonical = carrier.Canonical(s.sent.Header)
	otel.GetTextMapPropagator().Inject(s.Context, &s.headers)
}

// AfterRoundTrip describes the response, or why there is none. Without a body
// the span ends; with one it goes on, though not as the goroutine's current
// span, until the body is read or closed.
func AfterRoundTrip(call *hook.Call, resp *http.Response, err error) {
	s, ok := call.Data().(*sending)
	if !ok {
		return
	}
	s.Leave()
	if value, panicked := call.Panic(); panicked {
		s.EndByPanic(value)
		return
	}
	if resp == nil {
		s.Receive(nil, err)
		s.Span().End()
		return
	}
	s.restoreRequest(resp)
	s.Receive(&httpconv.Response{Status: resp.StatusCode, Version: httpconv.Version(resp.ProtoMajor, resp.ProtoMinor), Header: carrier.Canonical(resp.Header)}, err)
	// The body of a 101 is the connection, which now belongs to the caller.
	if err != nil || resp.Body == nil || resp.Body == http.NoBody || resp.StatusCode == http.StatusSwitchingProtocols || !s.Span().IsRecording() {
		s.Span().End()
		return
	}
	resp.Body = endWithBody(resp.Body, s.Span())
}

// resends is how many requests have been sent for the caller before this one:
// a redirected request has the response that has caused it.
func resends(r *http.Request) (n int) {
	for r.Response != nil && r.Response.Request != nil {
		n++
		r = r.Response.Request
	}
	return n
}
