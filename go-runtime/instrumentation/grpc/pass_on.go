// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"

	"go.opentelemetry.io/otel"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
)

// passOnServed is serve where nothing is traced: what a call carries becomes
// current for those that are made for it.
func passOnServed(ctx context.Context, headers carrier.Lower) (
	with context.Context, end func(code uint32, message string, returned bool)) {
	if !current.Off() || !carrier.Carries(headers, otel.GetTextMapPropagator()) {
		return ctx, nil
	}
	return serveWithout(otel.GetTextMapPropagator().Extract(ctx, headers))
}

// serveUntraced is serve for a method that is excluded: what is done for the call isn't
// traced either.
func serveUntraced(ctx context.Context, headers carrier.Lower) (
	with context.Context, end func(code uint32, message string, returned bool)) {
	return serveWithout(current.Untraced(otel.GetTextMapPropagator().Extract(ctx, headers)))
}

// serveWithout has with current until the end of a call that has no span.
func serveWithout(with context.Context) (context.Context, func(code uint32, message string, returned bool)) {
	node := current.PushWorkContext(with)
	return with, func(uint32, string, bool) {
		defer hook.Contain("grpc_server", "end")
		node.Unwind()
	}
}

// passOnCalled is start where nothing is traced.
func passOnCalled(ctx *context.Context) {
	if !current.Off() {
		return
	}
	var headers carrier.Pairs
	otel.GetTextMapPropagator().Inject(current.Context(*ctx), &headers)
	if len(headers) > 0 {
		*ctx = appendMetadata(*ctx, headers...)
	}
}
