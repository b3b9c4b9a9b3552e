// SPDX-License-Identifier: Apache-2.0

//go:build go1.21

// Added to package grpc: what otel.runtime/instrumentation/grpc can't reach from outside.
//
// What has function literals or methods is generic: generic code, which many
// packages may have, is numbered apart as linked names are.

package grpc

import (
	"context"
	"strings"
	"unsafe"

	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/stats"
	"google.golang.org/grpc/status"
)

// otelServed, if set, starts what is told of a call. end is nil if there is
// nothing to end.
//
//go:linkname otelServed
var otelServed func(ctx context.Context, fullMethod string, known bool, peer string, metadata map[string][]string) (
	with context.Context, end func(code uint32, message string, returned bool))

// otelStatus is the status that a client gets for an error.
//
//go:linkname otelStatus
var otelStatus func(err error) (code uint32, message string) = otelStatusOf

//go:linkname otelStatusOf
//go:noinline
func otelStatusOf(err error) (code uint32, message string) {
	s, ok := status.FromError(err)
	if !ok {
		s = status.FromContextError(err)
	}
	return uint32(s.Code()), s.Message()
}

//go:linkname otelAppendMetadata
var otelAppendMetadata func(ctx context.Context, kv ...string) context.Context = metadata.AppendToOutgoingContext

//go:linkname otelStartServed
//go:noinline
//go:norace
func otelStartServed(ctx context.Context, fullMethod string, known bool) (
	with context.Context, end func(code uint32, message string, returned bool)) {
	if otelServed == nil {
		return ctx, nil
	}
	if m, ok := ctx.Value(otelMethodKey[int]{}).(*otelMethod[int]); ok && !known {
		m.unknown = true
	}
	from := ""
	if p, ok := peer.FromContext(ctx); ok && p.Addr != nil {
		from = p.Addr.String()
	}
	md, _ := metadata.FromIncomingContext(ctx)
	return otelServed(ctx, fullMethod, known, from, md)
}

// otelChainUnary stands around the program's interceptors, which are chained. What
// its function has of types of this package is a pointer, or their descriptors
// would come before others.
//
//go:linkname otelChainUnary
//go:noinline
func otelChainUnary(s *Server) { otelAroundUnary[int](s) }

//go:noinline
func otelAroundUnary[otel any](s *Server) {
	inside := *(*unsafe.Pointer)(unsafe.Pointer(&s.opts.unaryInt))
	s.opts.unaryInt = func(ctx context.Context, req interface{}, info *UnaryServerInfo, handler UnaryHandler) (
		resp interface{}, err error) {
		inner := *(*UnaryServerInterceptor)(unsafe.Pointer(&inside))
		ctx, end := otelStartServed(ctx, info.FullMethod, true)
		if end != nil {
			returned := false
			defer func() { otelEndServed(end, err, returned) }()
			resp, err = otelHandleUnary(ctx, req, info, handler, inner)
			returned = true
			return resp, err
		}
		return otelHandleUnary(ctx, req, info, handler, inner)
	}
}

//go:linkname otelHandleUnary
func otelHandleUnary(ctx context.Context, req interface{}, info *UnaryServerInfo, handler UnaryHandler,
	inner UnaryServerInterceptor) (interface{}, error) {
	if inner == nil {
		return handler(ctx, req)
	}
	return inner(ctx, req, info, handler)
}

// otelChainStream is otelChainUnary for streams. The stream is given the new
// context in place: handlers get the stream that they would get.
//
//go:linkname otelChainStream
//go:noinline
func otelChainStream(s *Server) { otelAroundStream[int](s) }

//go:noinline
func otelAroundStream[otel any](s *Server) {
	inside, server := *(*unsafe.Pointer)(unsafe.Pointer(&s.opts.streamInt)), unsafe.Pointer(s)
	s.opts.streamInt = func(srv interface{}, ss ServerStream, info *StreamServerInfo, handler StreamHandler) (err error) {
		inner := *(*StreamServerInterceptor)(unsafe.Pointer(&inside))
		own, ok := interface{}(ss).(*serverStream)
		if ok {
			ctx, end := otelStartServed(own.ctx, info.FullMethod, otelKnown((*Server)(server), srv, info.FullMethod))
			own.ctx = ctx
			if end != nil {
				returned := false
				defer func() { otelEndServed(end, err, returned) }()
				err = otelHandleStream(srv, ss, info, handler, inner)
				returned = true
				return err
			}
		}
		return otelHandleStream(srv, ss, info, handler, inner)
	}
}

// otelKnown reports whether the server has the method of a stream: a handler of
// unknown services, which has no implementation, is called with whatever a client
// says.
//
//go:linkname otelKnown
//go:noinline
func otelKnown(s *Server, srv interface{}, fullMethod string) bool {
	if srv != nil {
		return true
	}
	slash := strings.LastIndexByte(fullMethod, '/')
	if slash < 1 {
		return false
	}
	for _, method := range s.GetServiceInfo()[fullMethod[1:slash]].Methods {
		if method.Name == fullMethod[slash+1:] {
			return true
		}
	}
	return false
}

//go:linkname otelHandleStream
func otelHandleStream(srv interface{}, ss ServerStream, info *StreamServerInfo, handler StreamHandler,
	inner StreamServerInterceptor) error {
	if inner == nil {
		return handler(srv, ss)
	}
	return inner(srv, ss, info, handler)
}

//go:linkname otelEndServed
func otelEndServed(end func(code uint32, message string, returned bool), err error, returned bool) {
	code, message := otelStatusOf(err)
	end(code, message, returned)
}

// otelMeasures, if set, reports whether the sizes of messages are asked for.
//
//go:linkname otelMeasures
var otelMeasures func() bool

// otelSizedCall is told the size in bytes of each message of a client's call.
//
//go:linkname otelSizedCall
var otelSizedCall func(ctx context.Context, sent bool, size int)

// otelSizedServed is told the size in bytes of each message of a call that is
// served.
//
//go:linkname otelSizedServed
var otelSizedServed func(ctx context.Context, fullMethod string, known, sent bool, size int)

// otelServerOptions puts a stats handler in front of the program's: where there
// is room for one only, the program's stays.
//
//go:linkname otelServerOptions
//go:noinline
//go:norace
func otelServerOptions(options []ServerOption) []ServerOption {
	if otelMeasures == nil || !otelMeasures() {
		return options
	}
	return otelWithServerStats[int](options)
}

//go:noinline
func otelWithServerStats[otel any](options []ServerOption) []ServerOption {
	return append([]ServerOption{StatsHandler(otelServerStats[otel]{})}, options...)
}

// otelDialOptions is otelServerOptions for a client.
//
//go:linkname otelDialOptions
//go:noinline
//go:norace
func otelDialOptions(options []DialOption) []DialOption {
	if otelMeasures == nil || !otelMeasures() {
		return options
	}
	return otelWithDialStats[int](options)
}

//go:noinline
func otelWithDialStats[otel any](options []DialOption) []DialOption {
	return append([]DialOption{WithStatsHandler(otelClientStats[otel]{})}, options...)
}

// otelStats is a stats handler without anything to do.
type otelStats[otel any] struct{}

func (otelStats[otel]) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (otelStats[otel]) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (otelStats[otel]) HandleConn(context.Context, stats.ConnStats)                       {}

type otelClientStats[otel any] struct{ otelStats[otel] }

// HandleRPC implements [stats.Handler].
func (otelClientStats[otel]) HandleRPC(ctx context.Context, event stats.RPCStats) {
	switch event := event.(type) {
	case *stats.OutPayload:
		otelSizedCall(ctx, true, event.Length)
	case *stats.InPayload:
		otelSizedCall(ctx, false, event.Length)
	}
}

type otelServerStats[otel any] struct{ otelStats[otel] }

// otelMethod is the context of a call that is served.
type otelMethod[otel any] struct {
	context.Context
	fullMethod string
	unknown    bool // to the server; set before the handler of its messages
}

type otelMethodKey[otel any] struct{}

// Value implements [context.Context].
func (m *otelMethod[otel]) Value(key interface{}) interface{} {
	if key == (otelMethodKey[otel]{}) {
		return m
	}
	return m.Context.Value(key)
}

// TagRPC implements [stats.Handler].
func (otelServerStats[otel]) TagRPC(ctx context.Context, info *stats.RPCTagInfo) context.Context {
	return &otelMethod[otel]{ctx, info.FullMethodName, false}
}

// HandleRPC implements [stats.Handler].
func (otelServerStats[otel]) HandleRPC(ctx context.Context, event stats.RPCStats) {
	m, ok := ctx.Value(otelMethodKey[otel]{}).(*otelMethod[otel])
	if !ok {
		return
	}
	switch event := event.(type) {
	case *stats.OutPayload:
		otelSizedServed(ctx, m.fullMethod, !m.unknown, true, event.Length)
	case *stats.InPayload:
		otelSizedServed(ctx, m.fullMethod, !m.unknown, false, event.Length)
	}
}
