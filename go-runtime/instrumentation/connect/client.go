// SPDX-License-Identifier: Apache-2.0

package connect

import (
	"context"
	"errors"
	"io"
	_ "unsafe" // for go:linkname

	"connectrpc.com/connect"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/hook"
)

// around is in front of the interceptors of each client.
//
//go:linkname around connectrpc.com/connect.otelInterceptor
var around connect.Interceptor

func init() {
	if !system.Off {
		around = interceptor{}
	}
}

type interceptor struct{}

func (interceptor) WrapStreamingHandler(next connect.StreamingHandlerFunc) connect.StreamingHandlerFunc {
	return next
}

// WrapUnary begins a CLIENT span around a unary call. Within, it is current.
func (interceptor) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, request connect.AnyRequest) (connect.AnyResponse, error) {
		c := begin(ctx, request.Spec(), request.Peer())
		if c == nil {
			return next(ctx, request)
		}
		if !rpc.OverHTTP {
			otel.GetTextMapPropagator().Inject(c.Context, propagation.HeaderCarrier(request.Header()))
		}
		c.PushContext()
		returned := false
		defer leave(c, &returned)
		response, err := next(c.Context, request)
		returned = true
		endUnary(c, err)
		return response, err
	}
}

func endUnary(c *rpc.Call, err error) {
	defer hook.Contain("connect_client", "end")
	c.Leave()
	c.Ends(statusOf(err))
}

func leave(c *rpc.Call, returned *bool) {
	defer hook.Contain("connect_client", "leave")
	if !*returned {
		c.Leave()
		c.EndsBy(rpc.Panicked("panic"), rpc.ByPanic)
	}
}

// WrapStreamingClient begins a CLIENT span for a stream, which ends with it.
func (interceptor) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return func(ctx context.Context, spec connect.Spec) connect.StreamingClientConn {
		c := begin(ctx, spec, connect.Peer{})
		if c == nil {
			return next(ctx, spec)
		}
		c.PushContext()
		returned := false
		defer leave(c, &returned)
		conn := next(c.Context, spec)
		returned = true
		c.Leave()
		return watch(ctx, c, conn)
	}
}

// watch is conn, whose end ends the span. So does that of the context, if the program
// doesn't ask for more.
func watch(ctx context.Context, c *rpc.Call, conn connect.StreamingClientConn) (watched connect.StreamingClientConn) {
	defer hook.Contain("connect_client", "watch")
	watched = conn // what a contained panic leaves
	s := &stream{StreamingClientConn: conn, call: c}
	c.Reaches(conn.Peer().Addr)
	if !rpc.OverHTTP {
		otel.GetTextMapPropagator().Inject(c.Context, propagation.HeaderCarrier(conn.RequestHeader()))
	}
	if ctx.Done() != nil {
		s.stop = context.AfterFunc(ctx, func() {
			defer hook.Contain("connect_client", "cancel")
			c.Ends(statusOf(ctx.Err()))
		})
	}
	return s
}

// begin is nil if there is nothing to trace.
func begin(ctx context.Context, spec connect.Spec, peer connect.Peer) (c *rpc.Call) {
	defer hook.Contain("connect_client", "begin")
	if system.SkipsCall(ctx, trace.SpanKindClient, spec.Procedure) {
		return nil
	}
	began := &rpc.Call{}
	system.Client(began, ctx, spec.Procedure, peer.Addr)
	return began
}

// stream is a client's stream that is watched.
type stream struct {
	connect.StreamingClientConn
	call *rpc.Call
	stop func() bool // watching the context; nil if nobody does
}

func (s *stream) end(err error) {
	defer hook.Contain("connect_client", "end")
	if s.stop != nil {
		s.stop()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	s.call.Ends(statusOf(err))
}

// Send fails for reasons of the client's, or with io.EOF: then Receive says more.
func (s *stream) Send(message any) error {
	err := s.StreamingClientConn.Send(message)
	if err != nil && !errors.Is(err, io.EOF) {
		s.end(err)
	}
	return err
}

func (s *stream) Receive(message any) error {
	err := s.StreamingClientConn.Receive(message)
	if err != nil {
		s.end(err)
	}
	return err
}

func (s *stream) CloseResponse() error {
	err := s.StreamingClientConn.CloseResponse()
	s.end(err)
	return err
}
