// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	"time"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/meter"
)

var scope = meter.Scope{Name: "otel.runtime/grpc", SchemaURL: conventions.SchemaURL}

// Boundaries of durations in seconds; of those that old conventions have in
// milliseconds; and of sizes in bytes.
var (
	durations    = []float64{.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10}
	oldDurations = []float64{1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000}
	oldSizes     = []float64{0, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20}
)

// instruments are those of one side. The old ones are recorded with if they are
// asked for: the conventions have no sizes of messages any more.
//
// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
type instruments struct{ duration, oldDuration, oldRequest, oldResponse meter.Histogram }

var (
	clients = instruments{
		duration: meter.Histogram{Scope: scope, Name: "rpc.client.call.duration", Unit: "s",
			Description: "Measures the duration of an outgoing Remote Procedure Call (RPC).", Bounds: durations},
		oldDuration: meter.Histogram{Scope: scope, Name: "rpc.client.duration", Unit: "ms",
			Description: "Measures the duration of outbound RPC.", Bounds: oldDurations},
		oldRequest: meter.Histogram{Scope: scope, Name: "rpc.client.request.size", Unit: "By",
			Description: "Measures the size of RPC request messages (uncompressed).", Bounds: oldSizes},
		oldResponse: meter.Histogram{Scope: scope, Name: "rpc.client.response.size", Unit: "By",
			Description: "Measures the size of RPC response messages (uncompressed).", Bounds: oldSizes},
	}
	servers = instruments{
		duration: meter.Histogram{Scope: scope, Name: "rpc.server.call.duration", Unit: "s",
			Description: "Measures the duration of an incoming Remote Procedure Call (RPC).", Bounds: durations},
		oldDuration: meter.Histogram{Scope: scope, Name: "rpc.server.duration", Unit: "ms",
			Description: "Measures the duration of inbound RPC.", Bounds: oldDurations},
		oldRequest: meter.Histogram{Scope: scope, Name: "rpc.server.request.size", Unit: "By",
			Description: "Measures the size of RPC request messages (uncompressed).", Bounds: oldSizes},
		oldResponse: meter.Histogram{Scope: scope, Name: "rpc.server.response.size", Unit: "By",
			Description: "Measures the size of RPC response messages (uncompressed).", Bounds: oldSizes},
	}
)

// measured is what tells calls apart in metrics. A server's has no address: the
// client says which it likes. What is measured before a call ends has no ending.
type measured struct {
	method   method
	endpoint string
	ending   ending
}

var ends, oldEnds, oldMessages meter.Cache[measured]

// bounded is m, but for an unknown method as such: a series for each would be a
// client's to make.
func (m measured) bounded() measured {
	if m.method.unknown {
		m.method.full = ""
	}
	return m
}

func (m measured) attributes() []attribute.KeyValue {
	return m.ending.append(appendAddress(m.method.appendMeasured(nil), m.endpoint, serverAddress, serverPort))
}

func (m measured) oldAttributes() []attribute.KeyValue {
	return append(m.oldMessage(), oldStatusCode.Int64(int64(m.ending.code)))
}

func (m measured) oldMessage() []attribute.KeyValue {
	return appendAddress(m.method.appendOld(nil), m.endpoint, serverAddress, serverPort)
}

// ended takes a call that has ended.
func (i *instruments) ended(ctx context.Context, since time.Time, m measured) {
	took := time.Since(since)
	m = m.bounded()
	i.duration.Record(ctx, took.Seconds(), ends.Get(m, measured.attributes))
	if duplicated {
		i.oldDuration.Record(ctx, float64(took)/float64(time.Millisecond), oldEnds.Get(m, measured.oldAttributes))
	}
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
	sizedServed func(ctx context.Context, fullMethod string, known, sent bool, size int)
)

func init() {
	if !off && duplicated {
		measures, sizedCall, sizedServed = meter.Provided, measureCall, measureServed
	}
}

func measureCall(ctx context.Context, sent bool, size int) {
	defer hook.Contain("grpc_client", "size")
	c, ok := ctx.Value(callingKey{}).(*calling)
	if !ok {
		return // it isn't traced
	}
	to := &clients.oldResponse
	if sent {
		to = &clients.oldRequest
	}
	to.Record(ctx, float64(size), oldMessages.Get(measured{method: c.method, endpoint: c.endpoint}, measured.oldMessage))
}

func measureServed(ctx context.Context, fullMethod string, known, sent bool, size int) {
	defer hook.Contain("grpc_server", "size")
	if current.Doubled(ctx, trace.SpanKindServer, tracer.Name()) {
		return
	}
	to := &servers.oldRequest
	if sent {
		to = &servers.oldResponse
	}
	to.Record(ctx, float64(size), oldMessages.Get(measured{method: method{fullMethod, !known}}.bounded(), measured.oldMessage))
}
