// SPDX-License-Identifier: Apache-2.0

package connect2

import (
	"context"
	"errors"
	"testing"

	"connectrpc.com/connect/v2"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/hook"
	"otel.runtime/internal/spantest"
)

// OTEL_GO_RPC_EXCLUDE is of Connect's services and methods too.
func TestExcluded(t *testing.T) {
	spans := spantest.Record(t, sdk.AlwaysSample())
	defer rpc.Exclude("grpc.health.v1.Health,shop.Orders/List")()
	refused := errors.New("refused")
	call := intercept(func(context.Context, connect.Spec) (connect.ClientStream, error) { return nil, refused })
	for procedure, want := range map[string]int{"/grpc.health.v1.Health/Check": 0, "/shop.Orders/List": 0, "/shop.Orders/Get": 2} {
		before, ctx, served := len(spans()), context.Background(), hook.Call{}
		if _, err := call(ctx, connect.Spec{Procedure: procedure}); err != refused {
			t.Error(err)
		}
		BeforeCall(&served, &connect.Server{}, &ctx, procedure, nil, nil)
		AfterCall(&served, nil)
		if got := len(spans()) - before; got != want {
			t.Errorf("%s: %d spans", procedure, got)
		}
	}
}
