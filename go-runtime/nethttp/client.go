// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/exception"
	"otel.runtime/meter"
)

// sending is one round trip, from the before to the after hook. It is also the
// context of what is sent, by which callersRequest finds it.
type sending struct {
	context.Context // with the span
	span            trace.Span
	node            *current.Node
	original        *http.Request // the caller's
	sent            http.Request  // a copy, with our headers
	headers         injected
	started         time.Time
	unsampled       current.Unsampled
	dialed          string // the URL, if it is gorilla's handshake
}

type sendingKey struct{}

// dialKey is that of the context of gorilla's handshake.
type dialKey struct{}

func (s *sending) Value(key any) any {
	switch key.(type) {
	case sendingKey:
		return s
	case dialKey:
		if s.dialed != "" {
			return s
		}
	}
	return s.Context.Value(key)
}

// BeforeRoundTrip starts the CLIENT span of a request, and has a copy of the
// request sent that carries the trace context. It is the before hook of
// (*http.Transport).RoundTrip, so each attempt and each redirect has its span.
func BeforeRoundTrip(call *hook.Call, _ any, req **http.Request) {
	r := *req
	// A request without URL or headers is refused by RoundTrip.
	if set.noClient || r == nil || r.URL == nil || r.Header == nil || !isHTTP(r.URL.Scheme) || set.leaves(r.URL) {
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
	propagator := otel.GetTextMapPropagator()
	if tracedByCaller(ctx, propagator, r.Header) {
		return
	}
	s, method := &sending{started: time.Now()}, set.method(r.Method)
	ctx, s.span = tracer.Start(ctx, &s.unsampled, nameOf(method), trace.SpanKindClient, func(to []attribute.KeyValue) []attribute.KeyValue {
		return appendSent(to, r, method)
	})
	if !s.span.SpanContext().IsValid() { // no provider, and nothing to propagate
		if meter.Provided() {
			s.Context, s.original = ctx, r
			call.SetData(s)
		}
		return
	}
	s.inject(ctx, propagator, r)
	s.node = current.Push(s.span)
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
func (s *sending) inject(ctx context.Context, propagator propagation.TextMapPropagator, r *http.Request) {
	s.Context, s.original = ctx, r
	if setRequestContext != nil {
		s.sent = *r
		setRequestContext(&s.sent, s)
	} else {
		s.sent = *r.WithContext(s)
	}
	s.sent.Header = r.Header.Clone()
	s.headers.carrier = carrier(s.sent.Header)
	propagator.Inject(ctx, &s.headers)
}

// AfterRoundTrip describes the response, or why there is none. Without a body
// the span ends; with one it goes on, though not as the goroutine's current
// span, until the body is read or closed.
func AfterRoundTrip(call *hook.Call, resp *http.Response, err error) {
	s, ok := call.Data().(*sending)
	if !ok {
		return
	}
	s.node.End()
	if value, panicked := call.Panic(); panicked {
		recordSent(s.Context, s, nil, panicName(value))
		endedByPanic(s.span, value, false)
		s.span.End()
		return
	}
	failure := ""
	if err != nil && (resp == nil || resp.StatusCode < 400) {
		failure = errorName(err)
	}
	recordSent(s.Context, s, resp, failure)
	if err != nil {
		fail(s.span, err)
	}
	if resp != nil {
		s.restoreRequest(resp)
		tracer.Set(s.span, func(to []attribute.KeyValue) []attribute.KeyValue { return appendReceived(to, resp) })
	}
	if err != nil || resp == nil {
		s.span.End()
		return
	}
	if resp.StatusCode >= 400 {
		s.span.SetStatus(codes.Error, "")
	}
	// The body of a 101 is the connection, which now belongs to the caller.
	if resp.Body == nil || resp.Body == http.NoBody || resp.StatusCode == http.StatusSwitchingProtocols || !s.span.IsRecording() {
		s.span.End()
		return
	}
	resp.Body = endWithBody(resp.Body, s.span)
}

// appendSent adds a client's attributes of a request.
func appendSent(all []attribute.KeyValue, r *http.Request, method string) []attribute.KeyValue {
	all = append(all, httpRequestMethod.String(method), urlFull.String(fullURL(r.URL)), serverAddress.String(r.URL.Hostname()))
	if method == otherMethod {
		all = append(all, httpRequestOriginal.String(r.Method))
	}
	if port := portOf(r); port != 0 {
		all = append(all, serverPort.Int(port))
	}
	if n := resends(r); n > 0 {
		all = append(all, httpRequestResendCount.Int(n))
	}
	return set.clientRequest.append(all, r.Header)
}

func portOf(r *http.Request) int {
	if port, err := strconv.ParseUint(r.URL.Port(), 10, 16); err == nil {
		return int(port)
	}
	switch r.URL.Scheme {
	case "http":
		return 80
	case "https":
		return 443
	}
	return 0
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

// appendReceived adds a client's attributes of a response.
func appendReceived(all []attribute.KeyValue, resp *http.Response) []attribute.KeyValue {
	all = append(all, httpResponseStatusCode.Int(resp.StatusCode))
	if version := protocolVersion(resp.ProtoMajor, resp.ProtoMinor); version != "" {
		all = append(all, networkProtocolVersion.String(version))
	}
	if resp.StatusCode >= 400 {
		all = append(all, errorType.String(strconv.Itoa(resp.StatusCode)))
	}
	return set.clientResponse.append(all, resp.Header)
}

func fail(span trace.Span, err error) {
	if span.IsRecording() {
		span.SetAttributes(errorType.String(errorName(err)))
		span.SetStatus(codes.Error, exception.Message(err))
	}
}

// tracedByCaller reports whether the request already carries the context of a
// client span that is current in ctx: the program has its own instrumentation
// around the transport, and one span is enough.
func tracedByCaller(ctx context.Context, propagator propagation.TextMapPropagator, h http.Header) bool {
	span := trace.SpanFromContext(ctx)
	kinded, ok := span.(interface{ SpanKind() trace.SpanKind })
	if !ok || kinded.SpanKind() != trace.SpanKindClient {
		return false
	}
	carried := trace.SpanContextFromContext(propagator.Extract(context.Background(), carrier(h)))
	return carried.IsValid() && carried.SpanID() == span.SpanContext().SpanID()
}
