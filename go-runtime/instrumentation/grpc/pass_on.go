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
	with = otel.GetTextMapPropagator().Extract(ctx, headers)
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
