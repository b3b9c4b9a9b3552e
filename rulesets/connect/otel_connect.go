// SPDX-License-Identifier: Apache-2.0

// Added to package connect: what is around calls and handlers.

package connect

import (
	"context"
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelServed, if set, begins what is told of a call. end is nil if there is nothing
// to end.
//
//go:linkname otelServed
var otelServed func(ctx context.Context, procedure, host, peer string, headers http.Header) (with context.Context, end func(err error, returned bool))

// otelInterceptor, if set, is around the interceptors of each client.
//
//go:linkname otelInterceptor
var otelInterceptor Interceptor

// otelConfigure applies an option in front of the program's own.
//
//go:linkname otelConfigure
//go:noinline
func otelConfigure(option Option, config *clientConfig) {
	option.applyToClient(config)
	if otelInterceptor != nil {
		config.Interceptor = otelInterceptor
	}
}

// otelHandle is the handler's implementation, with what is around it.
//
//go:linkname otelHandle
//go:noinline
//go:norace
func otelHandle(h *Handler, ctx context.Context, conn handlerConnCloser, host string) (err error) {
	if otelServed == nil {
		return h.implementation(ctx, conn)
	}
	with, end := otelServed(ctx, h.spec.Procedure, host, conn.Peer().Addr, conn.RequestHeader())
	if end == nil {
		return h.implementation(ctx, conn)
	}
	return otelWithin[int](h, with, conn, end)
}

// It is generic, as what is deferred is a function of its own: generic code, which many
// packages may have, is numbered apart as linked names are.
//
//go:noinline
func otelWithin[otel any](h *Handler, ctx context.Context, conn handlerConnCloser, end func(err error, returned bool)) (err error) {
	returned := false
	defer func() { end(err, returned) }()
	err = h.implementation(ctx, conn)
	returned = true
	return err
}
