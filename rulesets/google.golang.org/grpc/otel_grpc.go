// SPDX-License-Identifier: Apache-2.0

// Added to package grpc: what otel.runtime/grpc can't reach from outside.

package grpc

import (
	"context"
	_ "unsafe" // for go:linkname

	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
)

// otelServed, if set, starts what is told of a call. end is nil if there is
// nothing to end.
//
//go:linkname otelServed
var otelServed func(ctx context.Context, fullMethod, peer string, metadata map[string][]string) (
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

// otelStreamContext is the context of a *clientStream; nil for anything else.
//
//go:linkname otelStreamContext
var otelStreamContext func(stream interface{}) context.Context = otelLoadStreamContext

//go:linkname otelLoadStreamContext
//go:noinline
func otelLoadStreamContext(stream interface{}) context.Context {
	if cs, ok := stream.(*clientStream); ok && cs != nil {
		return cs.ctx
	}
	return nil
}

//go:linkname otelStartServed
//go:noinline
//go:norace
func otelStartServed(ctx context.Context, fullMethod string) (
	with context.Context, end func(code uint32, message string, returned bool)) {
	if otelServed == nil {
		return ctx, nil
	}
	from := ""
	if p, ok := peer.FromContext(ctx); ok && p.Addr != nil {
		from = p.Addr.String()
	}
	md, _ := metadata.FromIncomingContext(ctx)
	return otelServed(ctx, fullMethod, from, md)
}

// otelChainUnary chains the program's interceptors and stands around them.
//
//go:linkname otelChainUnary
//go:noinline
func otelChainUnary(s *Server) {
	chainUnaryServerInterceptors(s)
	inner := s.opts.unaryInt
	s.opts.unaryInt = func(ctx context.Context, req interface{}, info *UnaryServerInfo, handler UnaryHandler) (
		resp interface{}, err error) {
		ctx, end := otelStartServed(ctx, info.FullMethod)
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
func otelChainStream(s *Server) {
	chainStreamServerInterceptors(s)
	inner := s.opts.streamInt
	s.opts.streamInt = func(srv interface{}, ss ServerStream, info *StreamServerInfo, handler StreamHandler) (err error) {
		own, ok := ss.(*serverStream)
		if ok {
			ctx, end := otelStartServed(own.ctx, info.FullMethod)
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
