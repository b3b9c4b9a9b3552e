// SPDX-License-Identifier: Apache-2.0

package otelspan

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/hook"
)

func record(t *testing.T) *tracetest.SpanRecorder {
	recorder := tracetest.NewSpanRecorder()
	before := otel.GetTracerProvider()
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)))
	t.Cleanup(func() { otel.SetTracerProvider(before) })
	return recorder
}

var pay = &hook.Function{Package: "example.com/shop", Receiver: "*Client", Name: "Pay"}

func TestSpanOfACall(t *testing.T) {
	recorder := record(t)
	ctx := context.Background()
	var call hook.Call
	hook.Enter(&call, pay)
	d := &hook.Directive{Keys: []string{"order.id", "customer"}}
	Before(&call, d, &ctx, []any{7, "ann"})
	inner := trace.SpanContextFromContext(ctx)
	After(&call, d, errors.New("no money"))
	spans := recorder.Ended()
	if len(spans) != 1 {
		t.Fatalf("%d spans", len(spans))
	}
	span := spans[0]
	want := []attribute.KeyValue{attribute.String("code.function.name", "example.com/shop.(*Client).Pay"),
		attribute.Int("order.id", 7), attribute.String("customer", "ann"), attribute.String("error.type", "*errors.errorString")}
	if span.Name() != "Client.Pay" || span.SpanKind() != trace.SpanKindInternal || !reflect.DeepEqual(span.Attributes(), want) {
		t.Errorf("%s %v %v", span.Name(), span.SpanKind(), span.Attributes())
	}
	if span.Status() != (sdk.Status{Code: codes.Error, Description: "no money"}) {
		t.Errorf("status %v", span.Status())
	}
	if !inner.Equal(span.SpanContext()) {
		t.Error("the function's context hasn't the span")
	}
}

func TestNameOfTheDirectiveAndNoContext(t *testing.T) {
	recorder := record(t)
	var none context.Context
	for _, ctx := range []*context.Context{nil, &none} {
		var call hook.Call
		hook.Enter(&call, pay)
		d := &hook.Directive{Name: "pay an order"}
		Before(&call, d, ctx, nil)
		After(&call, d, nil)
	}
	if none != nil {
		t.Error("a nil context was replaced")
	}
	for _, span := range recorder.Ended() {
		if span.Name() != "pay an order" || span.Status().Code != codes.Unset {
			t.Errorf("%s %v", span.Name(), span.Status())
		}
	}
}

type id uint32

func TestAttributes(t *testing.T) {
	n := 3
	var nobody *time.Time
	for _, test := range []struct {
		value any
		want  attribute.Value
	}{
		{"a", attribute.StringValue("a")},
		{true, attribute.BoolValue(true)},
		{id(7), attribute.Int64Value(7)},
		{uint64(1) << 63, attribute.StringValue("9223372036854775808")},
		{float32(0.5), attribute.Float64Value(0.5)},
		{&n, attribute.Int64Value(3)},
		{2 * time.Second, attribute.StringValue("2s")},
		{errors.New("bad"), attribute.StringValue("bad")},
		{nobody, attribute.StringValue("<nil>")},
		{nil, attribute.StringValue("<nil>")},
		{[]string{"a", "b"}, attribute.StringSliceValue([]string{"a", "b"})},
		{[]int32{1, 2}, attribute.Int64SliceValue([]int64{1, 2})},
		{[2]bool{true, false}, attribute.BoolSliceValue([]bool{true, false})},
		{[]byte("ab"), attribute.StringValue("ab")},
		{struct{ A int }{1}, attribute.StringValue("{1}")},
	} {
		if got := attributeOf("k", test.value); got.Value != test.want {
			t.Errorf("%v: %v %s, not %v", test.value, got.Value.Type(), got.Value.Emit(), test.want.Emit())
		}
	}
}

// askedError counts how often its text is asked for.
type askedError struct{ asked int }

func (e *askedError) Error() string { e.asked++; return "no money" }

// The text of an error is the program's, and may cost something.
func TestErrorOfASpanThatIsNotSampled(t *testing.T) {
	for sampler, want := range map[sdk.Sampler]int{sdk.AlwaysSample(): 1, sdk.NeverSample(): 0} {
		before := otel.GetTracerProvider()
		otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSampler(sampler)))
		var call hook.Call
		hook.Enter(&call, pay)
		d, err := &hook.Directive{}, &askedError{}
		Before(&call, d, nil, nil)
		After(&call, d, err)
		otel.SetTracerProvider(before)
		if err.asked != want {
			t.Errorf("%s: asked %d times", sampler.Description(), err.asked)
		}
	}
}
