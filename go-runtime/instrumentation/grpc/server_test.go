// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	api "go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/hook"
)

// A method that is excluded has no span on either side, and what is done for it isn't
// sampled.
func TestMethodsThatAreExcluded(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	provider, propagator := otel.GetTracerProvider(), otel.GetTextMapPropagator()
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	status, appends := statusOf, appendMetadata
	statusOf = func(error) (uint32, string) { return 0, "" }
	appendMetadata = func(ctx context.Context, _ ...string) context.Context { return ctx }
	restore := rpc.Exclude("grpc.health.v1.Health, grpc.reflection.*, shop.Shop/Ping")
	defer func() {
		otel.SetTracerProvider(provider)
		otel.SetTextMapPropagator(propagator)
		statusOf, appendMetadata = status, appends
		restore()
	}()
	headers := map[string][]string{"traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}
	for method, traced := range map[string]bool{
		"/grpc.health.v1.Health/Check": false, "/grpc.health.v1.Health/Watch": false, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo": false,
		"/shop.Shop/Ping": false, "/shop.Shop/Buy": true, "/grpc.health.v1.Healthier/Check": true,
	} {
		before := len(recorder.Ended())
		ctx, end := serve(context.Background(), method, true, "", headers)
		sc := api.SpanContextFromContext(ctx)
		if sc.TraceID().String() != "0af7651916cd43dd8448eb211c80319c" || sc.IsSampled() != traced {
			t.Errorf("%s: %+v", method, sc)
		}
		end(0, "", true)
		call, asked := &hook.Call{}, context.Background()
		BeforeInvoke(call, &struct{}{}, &asked, method, nil, nil, nil)
		AfterInvoke(call, nil)
		if got := len(recorder.Ended()) - before; (got == 2) != traced || got != 0 != traced {
			t.Errorf("%s: %d spans", method, got)
		}
	}
}
