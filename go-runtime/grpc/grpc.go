// SPDX-License-Identifier: Apache-2.0

// Package grpc has the hooks of google.golang.org/grpc: a CLIENT span for each
// call and a SERVER span for each handler, unary and streams, and the trace
// context in their metadata. rulesets/grpc.yaml says where each hook is called.
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
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/internal/switches"
)

// schemaURL names the version of the semantic conventions that is followed, the
// one of otel.runtime/nethttp.
const schemaURL = "https://opentelemetry.io/schemas/1.37.0"

var tracer = current.NewTracer("otel.runtime/grpc", trace.WithSchemaURL(schemaURL))

var off = switches.Off("grpc", "google.golang.org/grpc")

const (
	rpcSystem          = attribute.Key("rpc.system")
	rpcService         = attribute.Key("rpc.service")
	rpcMethod          = attribute.Key("rpc.method")
	rpcStatusCode      = attribute.Key("rpc.grpc.status_code")
	serverAddress      = attribute.Key("server.address")
	serverPort         = attribute.Key("server.port")
	networkPeerAddress = attribute.Key("network.peer.address")
	networkPeerPort    = attribute.Key("network.peer.port")
)

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

// Status codes of gRPC that are named here.
const (
	codeOK               = 0
	codeUnknown          = 2
	codeDeadlineExceeded = 4
	codeUnimplemented    = 12
	codeInternal         = 13
	codeUnavailable      = 14
	codeDataLoss         = 15
)

// nameOf is the span's name for a full method "/package.Service/Method". A call
// without a method is named after the system.
func nameOf(fullMethod string) string {
	if name := strings.TrimPrefix(fullMethod, "/"); name != "" {
		return name
	}
	return "grpc"
}

// appendMethod adds the attributes of a full method.
func appendMethod(to []attribute.KeyValue, fullMethod string) []attribute.KeyValue {
	to = append(to, rpcSystem.String("grpc"))
	name := strings.TrimPrefix(fullMethod, "/")
	if slash := strings.LastIndexByte(name, '/'); slash >= 0 {
		to = append(to, rpcService.String(name[:slash]), rpcMethod.String(name[slash+1:]))
	}
	return to
}

// setPanicked is the status of a call or a handler that a panic has left. gRPC
// has UNKNOWN for errors that nothing else is known of.
func setPanicked(span trace.Span) {
	span.SetAttributes(rpcStatusCode.Int64(codeUnknown))
	span.SetStatus(codes.Error, "ended by a panic")
}

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
