// SPDX-License-Identifier: Apache-2.0

package rpc

import (
	"context"
	"sync/atomic"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/instrumentation"
	"otel.runtime/internal/exception"
	"otel.runtime/internal/switches"
)

// System is a library of remote procedure calls.
type System struct {
	*instrumentation.Library
	name             string // rpc.system.name
	clients, servers *Side
}

// NewSystem is the system whose library has a scope, and which the environment knows
// by any of the names. To be called once, at start.
func NewSystem(system, scope string, names ...string) *System {
	l := instrumentation.New(scope, names...)
	return &System{Library: l, name: system, clients: Clients(l.Scope), servers: Servers(l.Scope)}
}

// Call is one call, of a client or of a server.
type Call struct {
	instrumentation.Operation
	system   *System
	method   Method
	endpoint string // of a client's
	server   bool
	ended    atomic.Bool
}

// SkipsCall is Skips for a call of a method, which the environment may exclude.
func (s *System) SkipsCall(ctx context.Context, kind trace.SpanKind, method string) bool {
	return s.Skips(ctx, kind) || Excluded(method)
}

// Client begins the CLIENT span of a call to a server at an endpoint, "host:port" or
// "host", which may be told later. The context doesn't go anywhere by itself.
func (s *System) Client(c *Call, ctx context.Context, method, endpoint string) {
	c.system, c.method, c.endpoint = s, Method{System: s.name, Full: method}, endpoint
	s.Begin(&c.Operation, ctx, c.method.Name(), trace.SpanKindClient, func(to []attribute.KeyValue) []attribute.KeyValue {
		return AppendServer(c.method.Append(to), c.endpoint)
	})
}

// Reaches tells where the server of a client's call is, if it wasn't known before.
func (c *Call) Reaches(endpoint string) {
	if c.endpoint != "" || endpoint == "" {
		return
	}
	c.endpoint = endpoint
	c.Set(func(to []attribute.KeyValue) []attribute.KeyValue { return AppendServer(to, endpoint) })
}

// Served is a call as a server gets it.
type Served struct {
	Method  string
	Unknown bool   // the server doesn't have the method: it is what a client says
	Host    string // to which the client has sent it; may be empty
	Peer    string // the client's address; may be empty
	Headers propagation.TextMapCarrier
}

// Serve begins the SERVER span of a call and makes it current. Its parent is the span
// in ctx, as of the HTTP request that brings the call, or else the client's.
func (s *System) Serve(c *Call, ctx context.Context, by Served) {
	c.system, c.server, c.method = s, true, Method{System: s.name, Full: by.Method, Unknown: by.Unknown}
	if by.Headers != nil && !trace.SpanContextFromContext(ctx).IsValid() {
		ctx = otel.GetTextMapPropagator().Extract(ctx, by.Headers)
	}
	s.Begin(&c.Operation, ctx, c.method.Name(), trace.SpanKindServer, func(to []attribute.KeyValue) []attribute.KeyValue {
		return AppendPeer(AppendServer(c.method.Append(to), by.Host), by.Peer)
	})
	c.PushWorkContext()
}

// Ends ends the call with a code; the first end counts.
func (c *Call) Ends(code Code, message string) { c.EndsBy(code.Ending(c.server), message) }

// Panics ends a call that a panic has left, or runtime.Goexit.
func (c *Call) Panics(value any) { c.EndsBy(Panicked(exception.PanicType(value)), ByPanic) }

// EndsBy ends the call.
func (c *Call) EndsBy(as Ending, message string) {
	if !c.ended.CompareAndSwap(false, true) {
		return
	}
	side := c.system.clients
	if c.server {
		side = c.system.servers
	}
	as.Set(c.Span(), message)
	side.Ended(c.Context, c.Took(), Measured{Method: c.method, Endpoint: c.endpoint, Ending: as})
	c.Node().EndSpan(c.Span())
	if c.server {
		c.Unwind()
	}
}

// OverHTTP reports whether net/http's clients put the context into their requests by
// themselves: what is called by HTTP doesn't have to then.
var OverHTTP = !switches.Off("net/http", "net/http:client")
