// SPDX-License-Identifier: Apache-2.0

// Package grpc has the hooks of google.golang.org/grpc: a CLIENT span for each
// call and a SERVER span for each handler, unary and streams, and the trace
// context in their metadata. rulesets/grpc says where each hook is called.
// Nothing here imports grpc: the program's version of it stays the program's,
// as do its interceptors and stats handlers.
package grpc

import (
	"context"
	"net"
	"strconv"
	"strings"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions"
	"otel.runtime/current"
	"otel.runtime/internal/switches"
)

var tracer = current.NewTracer("otel.runtime/grpc", trace.WithSchemaURL(conventions.SchemaURL))

var off = switches.Off("grpc", "google.golang.org/grpc")

// These are in the file that is added to grpc; nil where that isn't woven.
var (
	// statusOf is the status that grpc makes of an error.
	//
	//go:linkname statusOf google.golang.org/grpc.otelStatus
	statusOf func(err error) (code uint32, message string)
	// appendMetadata gives a client's call metadata.
	//
	//go:linkname appendMetadata google.golang.org/grpc.otelAppendMetadata
	appendMetadata func(ctx context.Context, kv ...string) context.Context
	// streamContext is the context of a client's stream, nil if it is none.
	//
	//go:linkname streamContext google.golang.org/grpc.otelStreamContext
	streamContext func(stream any) context.Context
)

// appendAddress adds "host:port" or "host" under two keys.
func appendAddress(to []attribute.KeyValue, text string, address, port attribute.Key) []attribute.KeyValue {
	if text == "" {
		return to
	}
	host, number, err := net.SplitHostPort(text)
	if err != nil {
		return append(to, address.String(strings.Trim(text, "[]")))
	}
	to = append(to, address.String(host))
	if n, err := strconv.Atoi(number); err == nil && n > 0 {
		to = append(to, port.Int(n))
	}
	return to
}
