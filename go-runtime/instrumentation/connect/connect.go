// SPDX-License-Identifier: Apache-2.0

// Package connect has the hooks of connectrpc.com/connect v1: a CLIENT span for each
// call and a SERVER span for each handler, unary and streams. rulesets/connect says
// where each is called. Those of v2 are otel.runtime/instrumentation/connect2.
package connect

import (
	"context"
	"errors"
	"net/http"
	_ "unsafe" // for go:linkname

	"connectrpc.com/connect"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/hook"
)

var system = rpc.NewSystem("connectrpc", "otel.runtime/connect", "connect", "connectrpc.com/connect")

// served is called by the file that is added to connect, around the program's
// interceptors and the handler. end is nil if there is nothing to end.
//
//go:linkname served connectrpc.com/connect.otelServed
var served func(ctx context.Context, procedure, host, peer string, headers http.Header) (with context.Context, end func(err error, returned bool))

func init() {
	if !system.Off {
		served = serve
	}
}

func serve(ctx context.Context, procedure, host, peer string, headers http.Header) (with context.Context, end func(err error, returned bool)) {
	defer hook.Contain("connect_handler", "serve")
	if system.SkipsCall(ctx, trace.SpanKindServer, procedure) {
		return ctx, nil
	}
	c := &rpc.Call{}
	system.Serve(c, ctx, rpc.Served{Method: procedure, Host: host, Peer: peer, Headers: propagation.HeaderCarrier(headers)})
	return c.Context, func(err error, returned bool) {
		defer hook.Contain("connect_handler", "end")
		if !returned {
			c.EndsBy(rpc.Panicked("panic"), rpc.ByPanic) // its value is only told to who recovers it
			return
		}
		c.Ends(statusOf(err))
	}
}

// statusOf is the status that connect makes of an error.
func statusOf(err error) (code rpc.Code, message string) {
	var known *connect.Error
	switch {
	case err == nil || connect.IsNotModifiedError(err):
		return 0, ""
	case errors.As(err, &known):
		return rpc.Code(known.Code()), known.Message()
	case errors.Is(err, context.Canceled):
		return rpc.Code(connect.CodeCanceled), err.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return rpc.Code(connect.CodeDeadlineExceeded), err.Error()
	}
	return rpc.Code(connect.CodeUnknown), err.Error()
}
