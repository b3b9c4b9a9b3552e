// SPDX-License-Identifier: Apache-2.0

package opentelemetry

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"otel.runtime/hook"
)

// What the file that is added to the SDK calls is contained as hooks are by their
// glue: a span starts as it does without us.
func TestPanicsOfWhatIsCalledDirectlyAreContained(t *testing.T) {
	before := hook.Panics()
	type key struct{}
	ctx := context.WithValue(context.Background(), key{}, "mine")
	_, span := noop.NewTracerProvider().Tracer("mine").Start(ctx, "name")
	named := &struct{ trace.Span }{span}
	if with, tracked := track("no Started", ctx, named); with != ctx || tracked != trace.Span(named) {
		t.Errorf("track: %v %v", with, tracked)
	}
	scopes := scopeOf
	t.Cleanup(func() { scopeOf = scopes })
	scopeOf = func(any) string { panic("no scope") }
	if with, next, instead := start(nil, ctx, "name", nil); with != ctx || next != nil || instead != nil {
		t.Errorf("start: %v %v %v", with, next, instead)
	}
	emitRecord(ctx, "mine", "", 9, struct{ apiRecord }{}) // which has nothing to ask
	if n := hook.Panics() - before; n != 3 {
		t.Errorf("%d panics are counted", n)
	}
}
