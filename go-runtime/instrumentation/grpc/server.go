// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	"strings"
	"time"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// served is called by the file that is added to grpc, around the program's
// interceptors and the handler. end is nil if there is nothing to end.
//
//go:linkname served google.golang.org/grpc.otelServed
var served func(ctx context.Context, fullMethod string, known bool, peer string, metadata map[string][]string) (
	with context.Context, end func(code uint32, message string, returned bool))

func init() {
	if !off {
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
	headers := carrier(metadata)
	if current.Suppressed() {
		return passOnServed(ctx, headers)
	}
	if current.Doubled(ctx, trace.SpanKindServer, tracer.Name()) {
		return with, nil
	}
	called := method{fullMethod, !known}
	parent := otel.GetTextMapPropagator().Extract(ctx, headers)
	started, span := tracer.Start(parent, nil, called.name(), trace.SpanKindServer, func(to []attribute.KeyValue) []attribute.KeyValue {
		to = appendAddress(called.append(to), headers.Get(":authority"), serverAddress, serverPort)
		return appendAddress(to, peer, networkPeerAddress, networkPeerPort)
	})
	node := current.PushWorkContext(started)
	since := time.Now()
	return started, func(number uint32, message string, returned bool) {
		defer hook.Contain("grpc_server", "end")
		defer node.Unwind()
		defer node.EndSpan(span)
		as := code(number).ending(true)
		if !returned {
			as, message = panicked("panic"), byPanic // its value is only told to who recovers it
		}
		as.set(span, message)
		servers.ended(started, since, measured{method: called, ending: as})
	}
}

// carrier is received metadata, whose keys are lower case.
type carrier map[string][]string

var _ propagation.TextMapCarrier = carrier(nil)

func (c carrier) Get(key string) string {
	if values := c[strings.ToLower(key)]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func (c carrier) Set(key, value string) { c[strings.ToLower(key)] = []string{value} }

func (c carrier) Keys() []string {
	keys := make([]string, 0, len(c))
	for key := range c {
		keys = append(keys, key)
	}
	return keys
}
