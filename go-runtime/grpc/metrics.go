// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	"time"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/meter"
)

var scope = meter.Scope{Name: "otel.runtime/grpc", SchemaURL: schemaURL}

// Boundaries of durations, which these conventions have in milliseconds, and of
// sizes in bytes.
var (
	durations = []float64{1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000}
	sizes     = []float64{0, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20}
)

// instruments are those of one side.
//
// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
type instruments struct{ duration, request, response meter.Histogram }

var (
	clients = instruments{
		duration: meter.Histogram{Scope: scope, Name: "rpc.client.duration", Unit: "ms",
			Description: "Measures the duration of outbound RPC.", Bounds: durations},
		request: meter.Histogram{Scope: scope, Name: "rpc.client.request.size", Unit: "By",
			Description: "Measures the size of RPC request messages (uncompressed).", Bounds: sizes},
		response: meter.Histogram{Scope: scope, Name: "rpc.client.response.size", Unit: "By",
			Description: "Measures the size of RPC response messages (uncompressed).", Bounds: sizes},
	}
	servers = instruments{
		duration: meter.Histogram{Scope: scope, Name: "rpc.server.duration", Unit: "ms",
			Description: "Measures the duration of inbound RPC.", Bounds: durations},
		request: meter.Histogram{Scope: scope, Name: "rpc.server.request.size", Unit: "By",
			Description: "Measures the size of RPC request messages (uncompressed).", Bounds: sizes},
		response: meter.Histogram{Scope: scope, Name: "rpc.server.response.size", Unit: "By",
			Description: "Measures the size of RPC response messages (uncompressed).", Bounds: sizes},
	}
)

// measured is what tells calls apart in metrics. A server's has no address: the
// client says which it likes.
type measured struct {
	method, endpoint string
	status           int64 // or noStatus
}

// noStatus is the status of what is measured before a call ends.
const noStatus = -1

var cases meter.Cache[measured]

func (m measured) attributes() []attribute.KeyValue {
	all := appendMethod(nil, m.method)
	all = appendAddress(all, m.endpoint, serverAddress, serverPort)
	if m.status != noStatus {
		all = append(all, rpcStatusCode.Int64(m.status))
	}
	return all
}

// ended takes a call that has ended.
func (i *instruments) ended(ctx context.Context, since time.Time, m measured) {
	ms := float64(time.Since(since)) / float64(time.Millisecond)
	i.duration.Record(ctx, ms, cases.Get(m, measured.attributes))
}

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
	sizedServed func(ctx context.Context, fullMethod string, sent bool, size int)
)

func init() {
	if !off {
		measures, sizedCall, sizedServed = meter.Provided, measureCall, measureServed
	}
}

func measureCall(ctx context.Context, sent bool, size int) {
	defer hook.Contain("grpc_client", "size")
	c, ok := ctx.Value(callingKey{}).(*calling)
	if !ok {
		return // it isn't traced
	}
	to := &clients.response
	if sent {
		to = &clients.request
	}
	to.Record(ctx, float64(size), cases.Get(measured{c.method, c.endpoint, noStatus}, measured.attributes))
}

func measureServed(ctx context.Context, fullMethod string, sent bool, size int) {
	defer hook.Contain("grpc_server", "size")
	if current.Doubled(ctx, trace.SpanKindServer, tracer.Name()) {
		return
	}
	to := &servers.request
	if sent {
		to = &servers.response
	}
	to.Record(ctx, float64(size), cases.Get(measured{method: fullMethod, status: noStatus}, measured.attributes))
}
