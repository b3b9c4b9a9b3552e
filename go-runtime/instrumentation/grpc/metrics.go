// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/meter"
)

// These are in the file that is added to grpc, and called by its stats handlers;
// nil where that isn't woven.
var (
	// measures reports whether there is someone to tell sizes to.
	//
	//go:linkname measures google.golang.org/grpc.otelMeasures
	measures func() bool
	// sizedCall is told the size of each message of a client's call.
	//
	//go:linkname sizedCall google.golang.org/grpc.otelSizedCall
	sizedCall func(ctx context.Context, sent bool, size int)
	// sizedServed is told the size of each message of a call that is served.
	//
	//go:linkname sizedServed google.golang.org/grpc.otelSizedServed
	sizedServed func(ctx context.Context, fullMethod string, known, sent bool, size int)
)

func init() {
	if !library.Off && rpc.Duplicated {
		measures, sizedCall, sizedServed = meter.Provided, measureCall, measureServed
	}
}

func measureCall(ctx context.Context, sent bool, size int) {
	defer hook.Contain("grpc_client", "size")
	c, ok := ctx.Value(callingKey{}).(*calling)
	if !ok {
		return // it isn't traced
	}
	clients.Message(ctx, sent, size, rpc.Measured{Method: c.method, Endpoint: c.endpoint})
}

func measureServed(ctx context.Context, fullMethod string, known, sent bool, size int) {
	defer hook.Contain("grpc_server", "size")
	if current.Doubled(ctx, trace.SpanKindServer, library.Name()) {
		return
	}
	servers.Message(ctx, !sent, size, rpc.Measured{Method: named(fullMethod, known)})
}
