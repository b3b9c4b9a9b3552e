// SPDX-License-Identifier: Apache-2.0

package connect2

import (
	"context"
	"errors"
	"io"

	"connectrpc.com/connect/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/hook"
)

// BeforeNewClient puts an interceptor in front of the program's own. It is the before
// hook of NewClient.
func BeforeNewClient(_ *hook.Call, _ any, interceptors *[]connect.ClientInterceptor) {
	if !system.Off {
		*interceptors = append([]connect.ClientInterceptor{intercept}, *interceptors...)
	}
}

// intercept begins a CLIENT span for each call, unary and streams, which ends with
// its stream.
func intercept(next connect.ClientFunc) connect.ClientFunc {
	return func(ctx context.Context, spec connect.Spec) (connect.ClientStream, error) {
		c, info := begin(ctx, spec)
		if c == nil {
			return next(ctx, spec)
		}
		c.PushContext()
		returned := false
		defer leave(c, &returned)
		opened, err := next(c.Context, spec)
		returned = true
		c.Leave()
		if err != nil {
			c.Ends(statusOf(err))
			return opened, err
		}
		return watch(ctx, c, info, spec, opened), nil
	}
}

// begin is nil if there is nothing to trace.
func begin(ctx context.Context, spec connect.Spec) (c *rpc.Call, info *connect.CallInfo) {
	defer hook.Contain("connect2_client", "begin")
	if system.SkipsCall(ctx, trace.SpanKindClient, spec.Procedure) {
		return nil, nil
	}
	info, _ = connect.CallInfoForClientContext(ctx)
	began := &rpc.Call{}
	system.Client(began, ctx, spec.Procedure, "")
	if info != nil && !rpc.OverHTTP {
		otel.GetTextMapPropagator().Inject(began.Context, headers{info.RequestHeader()})
	}
	return began, info
}

func leave(c *rpc.Call, returned *bool) {
	defer hook.Contain("connect2_client", "leave")
	if !*returned {
		c.Leave()
		c.EndsBy(rpc.Panicked("panic"), rpc.ByPanic)
	}
}

// watch is opened, whose end ends the span. So does that of the context, if the program
// doesn't ask for more; a unary call is always closed.
func watch(ctx context.Context, c *rpc.Call, info *connect.CallInfo, spec connect.Spec, opened connect.ClientStream) (watched connect.ClientStream) {
	defer hook.Contain("connect2_client", "watch")
	watched = opened // what a contained panic leaves
	s := &stream{ClientStream: opened, call: c, one: spec.StreamType&connect.StreamTypeServer == 0}
	if info != nil {
		c.Reaches(info.PeerAddr)
	}
	if spec.StreamType != connect.StreamTypeUnary && ctx.Done() != nil {
		s.stop = context.AfterFunc(ctx, func() {
			defer hook.Contain("connect2_client", "cancel")
			c.Ends(statusOf(ctx.Err()))
		})
	}
	return s
}

// stream is a client's stream that is watched.
type stream struct {
	connect.ClientStream
	call *rpc.Call
	one  bool        // the server sends one message, behind which the program need not look
	stop func() bool // watching the context; nil if nobody does
}

func (s *stream) end(err error) {
	defer hook.Contain("connect2_client", "end")
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
	err := s.ClientStream.Send(message)
	if err != nil && !errors.Is(err, io.EOF) {
		s.end(err)
	}
	return err
}

func (s *stream) Receive(message any) error {
	err := s.ClientStream.Receive(message)
	if err != nil || s.one {
		s.end(err)
	}
	return err
}

func (s *stream) Close() error {
	err := s.ClientStream.Close()
	s.end(err)
	return err
}
