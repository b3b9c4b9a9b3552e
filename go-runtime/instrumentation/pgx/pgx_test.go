// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/spantest"
)

// Where nothing is traced the contexts of database/sql, and of a pool, are the program's.
func TestContextsAreLeftWhenOff(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	for _, off := range []bool{false, true} {
		if off {
			current.TurnOff()
		}
		for _, before := range []func(*hook.Call, *context.Context){
			func(call *hook.Call, ctx *context.Context) { BeforeSQL(call, nil, ctx, nil, nil) },
			func(call *hook.Call, ctx *context.Context) { BeforeSQLBegin(call, nil, ctx, nil) },
			func(call *hook.Call, ctx *context.Context) { BeforeIdle(call, nil, ctx, nil) },
		} {
			ctx := context.Background()
			if before(&hook.Call{}, &ctx); (ctx == context.Background()) != off {
				t.Errorf("off %v: %v", off, ctx)
			}
		}
	}
}
