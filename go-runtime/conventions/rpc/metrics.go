// SPDX-License-Identifier: Apache-2.0

package rpc

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/telemetry/meter"
)

// Boundaries of durations in seconds; of those that old conventions have in
// milliseconds; and of sizes in bytes.
var (
	durations    = []float64{.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10}
	oldDurations = []float64{1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000}
	oldSizes     = []float64{0, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20}
)

// Side is the clients or the servers of a library, as what measures their calls.
// The old instruments are recorded with if they are asked for: the conventions
// have no sizes of messages any more.
//
// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
type Side struct{ duration, oldDuration, oldRequest, oldResponse meter.Histogram }

// Clients are those of a library with this scope. To be called once, at start.
func Clients(scope meter.Scope) *Side {
	return &Side{
		duration: meter.Histogram{Scope: scope, Name: "rpc.client.call.duration", Unit: "s",
			Description: "Measures the duration of an outgoing Remote Procedure Call (RPC).", Bounds: durations},
		oldDuration: meter.Histogram{Scope: scope, Name: "rpc.client.duration", Unit: "ms",
			Description: "Measures the duration of outbound RPC.", Bounds: oldDurations},
		oldRequest: meter.Histogram{Scope: scope, Name: "rpc.client.request.size", Unit: "By",
			Description: "Measures the size of RPC request messages (uncompressed).", Bounds: oldSizes},
		oldResponse: meter.Histogram{Scope: scope, Name: "rpc.client.response.size", Unit: "By",
			Description: "Measures the size of RPC response messages (uncompressed).", Bounds: oldSizes},
	}
}

// Servers are the other side.
func Servers(scope meter.Scope) *Side {
	return &Side{
		duration: meter.Histogram{Scope: scope, Name: "rpc.server.call.duration", Unit: "s",
			Description: "Measures the duration of an incoming Remote Procedure Call (RPC).", Bounds: durations},
		oldDuration: meter.Histogram{Scope: scope, Name: "rpc.server.duration", Unit: "ms",
			Description: "Measures the duration of inbound RPC.", Bounds: oldDurations},
		oldRequest: meter.Histogram{Scope: scope, Name: "rpc.server.request.size", Unit: "By",
			Description: "Measures the size of RPC request messages (uncompressed).", Bounds: oldSizes},
		oldResponse: meter.Histogram{Scope: scope, Name: "rpc.server.response.size", Unit: "By",
			Description: "Measures the size of RPC response messages (uncompressed).", Bounds: oldSizes},
	}
}

// Measured is what tells calls apart in metrics. A server's has no endpoint: the
// client says which it likes. What is measured before a call ends has no ending.
type Measured struct {
	Method   Method
	Endpoint string // of the server, as AppendServer takes it
	Ending   Ending
}

var ends, oldEnds, oldMessages meter.Cache[Measured]

// bounded is m, but for an unknown method as such: a series for each would be a
// client's to make.
func (m Measured) bounded() Measured {
	if m.Method.Unknown {
		m.Method.Full = ""
	}
	return m
}

func (m Measured) attributes() []attribute.KeyValue {
	return m.Ending.append(AppendServer(m.Method.appendMeasured(nil), m.Endpoint))
}

func (m Measured) oldAttributes() []attribute.KeyValue {
	return append(m.oldMessage(), oldStatusCode.Int64(int64(m.Ending.Code)))
}

func (m Measured) oldMessage() []attribute.KeyValue {
	return AppendServer(m.Method.appendOld(nil), m.Endpoint)
}

// Ended takes a call that has ended, and how long it took.
func (s *Side) Ended(ctx context.Context, took time.Duration, m Measured) {
	m = m.bounded()
	s.duration.Record(ctx, took.Seconds(), ends.Get(m, Measured.attributes))
	if Duplicated {
		s.oldDuration.Record(ctx, float64(took)/float64(time.Millisecond), oldEnds.Get(m, Measured.oldAttributes))
	}
}

// Message takes the size of a message of a call, a request's or a response's.
func (s *Side) Message(ctx context.Context, request bool, size int, m Measured) {
	to := &s.oldResponse
	if request {
		to = &s.oldRequest
	}
	to.Record(ctx, float64(size), oldMessages.Get(m.bounded(), Measured.oldMessage))
}
