// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/exception"
	"otel.runtime/telemetry/meter"
)

// Client is what the clients of a library have in common.
type Client struct {
	*instrumentation.Library
	Ends
	Unmeasured bool

	duration  meter.Histogram
	cases     meter.Cache[clientCase]
	addresses meter.Names
}

// NewClient is to be called once, at start.
func NewClient(library *instrumentation.Library) *Client {
	return &Client{
		Library: library,
		duration: meter.Histogram{Scope: library.Scope, Name: "http.client.request.duration", Unit: "s",
			Description: "Duration of HTTP client requests.", Bounds: durations},
		addresses: meter.Names{Limit: MostAddresses},
	}
}

// Sending is one request of a client.
type Sending struct {
	instrumentation.Operation
	Sent Sent

	client *Client
}

// Begin starts the CLIENT span of s.Sent, which is s.Context's from here on.
func (c *Client) Begin(s *Sending, ctx context.Context) {
	method := set.method(s.Sent.Method)
	s.client = c
	c.Library.Begin(&s.Operation, ctx, nameOf(method), trace.SpanKindClient, func(to []attribute.KeyValue) []attribute.KeyValue {
		return s.Sent.append(to, method)
	})
}

// PassOn is Begin where nothing is traced: the span in ctx goes on with the request.
func (c *Client) PassOn(s *Sending, ctx context.Context) {
	s.client = c
	c.Library.PassOn(&s.Operation, ctx)
}

// Pushed reports whether the span has become the goroutine's.
func (s *Sending) Pushed() bool { return s.Node() != nil }

// Receive describes the response, or why there is none: r is nil then. The span
// goes on.
func (s *Sending) Receive(r *Response, err error) {
	failure := ""
	if err != nil && (r == nil || r.Status < 400) {
		failure = exception.ErrorType(err)
	}
	s.client.record(s.Context, s, r, failure)
	if err != nil {
		Fail(s.Span(), err)
	}
	if r == nil {
		return
	}
	s.Set(r.append)
	if err == nil && r.Status >= 400 {
		s.Span().SetStatus(codes.Error, "")
	}
}

// EndByPanic ends the span of a request whose function is being left by a panic
// with value, or by runtime.Goexit if that is nil.
func (s *Sending) EndByPanic(value any) {
	s.client.record(s.Context, s, nil, s.client.typeOf(value))
	s.client.mark(s.Span(), value, false)
	s.Span().End()
}

// Fail marks the span of a request that has failed.
func Fail(span trace.Span, err error) {
	if span.IsRecording() {
		exception.Fail(span, exception.ErrorType(err), exception.Message(err))
	}
}

// TracedByCaller reports whether headers already carry the context of a client
// span that is current in ctx: the program has its own instrumentation around the
// client, and one span is enough.
func TracedByCaller(ctx context.Context, headers propagation.TextMapCarrier) bool {
	span := trace.SpanFromContext(ctx)
	kinded, ok := span.(interface{ SpanKind() trace.SpanKind })
	if !ok || kinded.SpanKind() != trace.SpanKindClient {
		return false
	}
	// Of the headers alone: a context without a span has the current one.
	carried := current.SpanIn(otel.GetTextMapPropagator().Extract(context.Background(), headers)).SpanContext()
	return carried.IsValid() && carried.SpanID() == span.SpanContext().SpanID()
}
