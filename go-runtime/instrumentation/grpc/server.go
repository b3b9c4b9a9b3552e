// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/rpc"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/telemetry/carrier"
)

// served is called by the file that is added to grpc, around the program's
// interceptors and the handler. end is nil if there is nothing to end.
//
//go:linkname served google.golang.org/grpc.otelServed
var served func(ctx context.Context, fullMethod string, known bool, peer string, metadata map[string][]string) (
	with context.Context, end func(code uint32, message string, returned bool))

func init() {
	if !library.Off {
		served = serve
	}
}

// serve starts the SERVER span of a call; known says that the server has the
// method, and that it isn't what a client has made up. end is told the status that the
// client gets, or that the handler didn't return.
func serve(ctx context.Context, fullMethod string, known bool, peer string, metadata map[string][]string) (
	with context.Context, end func(code uint32, message string, returned bool)) {
	defer hook.Contain("grpc_server", "serve")
	with = ctx // what a contained panic leaves
	headers := carrier.Lower(metadata)
	if current.Suppressed() {
		return passOnServed(ctx, headers)
	}
	if current.Doubled(ctx, trace.SpanKindServer, library.Name()) {
		return with, nil
	}
	if rpc.Excluded(fullMethod) {
		return serveUntraced(ctx, headers)
	}
	called := named(fullMethod, known)
	parent := otel.GetTextMapPropagator().Extract(ctx, headers)
	o := &instrumentation.Operation{}
	library.Begin(o, parent, called.Name(), trace.SpanKindServer, func(to []attribute.KeyValue) []attribute.KeyValue {
		return rpc.AppendPeer(rpc.AppendServer(called.Append(to), headers.Get(":authority")), peer)
	})
	o.PushWorkContext()
	return o.Context, func(number uint32, message string, returned bool) {
		defer hook.Contain("grpc_server", "end")
		defer o.Unwind()
		defer o.Node().EndSpan(o.Span())
		as := rpc.Code(number).Ending(true)
		if !returned {
			as, message = rpc.Panicked("panic"), rpc.ByPanic // its value is only told to who recovers it
		}
		as.Set(o.Span(), message)
		servers.Ended(o.Context, o.Took(), rpc.Measured{Method: called, Ending: as})
	}
}
