// SPDX-License-Identifier: Apache-2.0

package hooks

import (
	"context"
	"testing"

	"acme.example/sdk/queue"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"otel.example/hook"
	"otel.example/hook/hooktest"
)

const sdkPackage = "acme.example/sdk/queue"

func record(t *testing.T) *tracetest.SpanRecorder {
	recorder := tracetest.NewSpanRecorder()
	before := otel.GetTracerProvider()
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	t.Cleanup(func() { otel.SetTracerProvider(before) })
	return recorder
}

// Hooks are ordinary functions: a test calls them as a woven function would.
func TestOneTraceFromSenderToReceiver(t *testing.T) {
	recorder := record(t)
	client := queue.Dial("broker:1")
	ctx := context.Background()
	mine := &queue.Message{Topic: "orders", Headers: map[string]string{"tenant": "7"}}

	publish := hooktest.NewCall(hook.Function{Package: sdkPackage, Receiver: "*Client", Name: "Publish"})
	m := mine
	BeforePublish(publish, client, &ctx, &m)
	if len(mine.Headers) != 1 || m.Headers["tenant"] != "7" || m.Headers["traceparent"] == "" {
		t.Errorf("mine %v, sent %v", mine.Headers, m.Headers)
	}
	AfterPublish(publish, queue.ErrClosed)

	deliver := hooktest.NewCall(hook.Function{Package: sdkPackage, Name: "deliver"})
	received := context.Background()
	BeforeDeliver(deliver, &received, client, nil, m)
	AfterDeliver(deliver, nil)

	spans := recorder.Ended()
	if len(spans) != 2 {
		t.Fatalf("%d spans", len(spans))
	}
	if spans[0].Status().Code != codes.Error || spans[1].Status().Code != codes.Unset {
		t.Errorf("status %v, %v", spans[0].Status(), spans[1].Status())
	}
	if spans[1].Parent().SpanID() != spans[0].SpanContext().SpanID() {
		t.Error("the receiver's span isn't a child of the sender's")
	}
}

func TestAHandlerThatPanicsIsAnError(t *testing.T) {
	recorder := record(t)
	call := hooktest.NewCall(hook.Function{Package: sdkPackage, Name: "deliver"})
	ctx := context.Background()
	BeforeDeliver(call, &ctx, queue.Dial("broker:1"), nil, &queue.Message{Topic: "orders"})
	hooktest.SetPanic(call, "boom")
	AfterDeliver(call, nil)

	spans := recorder.Ended()
	if len(spans) != 1 || spans[0].Status().Code != codes.Error {
		t.Errorf("spans %v", spans)
	}
}

// A before hook may have been switched off.
func TestAnAfterHookAloneDoesNothing(t *testing.T) {
	AfterPublish(&hook.Call{}, nil)
}
