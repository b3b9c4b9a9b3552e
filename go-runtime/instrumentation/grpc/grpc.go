// SPDX-License-Identifier: Apache-2.0

// Package grpc has the hooks of google.golang.org/grpc: a CLIENT span for each
// call and a SERVER span for each handler, unary and streams, and the trace
// context in their metadata. rulesets/grpc says where each hook is called.
// Nothing here imports grpc: the program's version of it stays the program's,
// as do its interceptors and stats handlers.
package grpc

import (
	"context"
	_ "unsafe" // for go:linkname

	"otel.runtime/conventions/rpc"
	"otel.runtime/instrumentation"
)

var (
	library = instrumentation.New("otel.runtime/grpc", "grpc", "google.golang.org/grpc")
	clients = rpc.Clients(library.Scope)
	servers = rpc.Servers(library.Scope)
)

// named is a method as grpc has it: "/package.Service/Method".
func named(full string, known bool) rpc.Method {
	return rpc.Method{System: "grpc", Full: full, Unknown: !known}
}

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
	// StreamContext is the context of a client's stream, nil if it is none. The
	// rule grpc_stream_context sets it.
	StreamContext func(stream any) context.Context
)
