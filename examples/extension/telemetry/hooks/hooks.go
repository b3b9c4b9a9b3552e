// SPDX-License-Identifier: Apache-2.0

// Package hooks has Acme's hooks of its own SDK, for the rules in
// ../otel.rules.yaml.
package hooks

import (
	"context"

	"acme.example/sdk/queue"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"otel.example/hook"
)

// BeforePublish starts the PRODUCER span of a message, and sends the message
// as a copy that carries the span's context: the caller's message stays as it
// is.
func BeforePublish(call *hook.Call, c *queue.Client, ctx *context.Context, m **queue.Message) {
	original := *m
	*ctx = start(call, *ctx, "send", trace.SpanKindProducer, c, original)
	sent := *original
	sent.Headers = map[string]string{}
	for key, value := range original.Headers {
		sent.Headers[key] = value
	}
	otel.GetTextMapPropagator().Inject(*ctx, propagation.MapCarrier(sent.Headers))
	*m = &sent
}

// AfterPublish ends it.
func AfterPublish(call *hook.Call, err error) { end(call, err) }

// BeforeDeliver starts the CONSUMER span of a message in the trace of its
// sender.
func BeforeDeliver(call *hook.Call, ctx *context.Context, c *queue.Client, _ any, m *queue.Message) {
	parent := otel.GetTextMapPropagator().Extract(*ctx, propagation.MapCarrier(m.Headers))
	*ctx = start(call, parent, "process", trace.SpanKindConsumer, c, m)
}

// AfterDeliver ends it.
func AfterDeliver(call *hook.Call, err error) { end(call, err) }

// start starts a span and leaves it to the after hook.
func start(call *hook.Call, ctx context.Context, operation string, kind trace.SpanKind, c *queue.Client, m *queue.Message) context.Context {
	ctx, span := otel.Tracer("acme.example/telemetry/hooks").Start(ctx, operation+" "+m.Topic, trace.WithSpanKind(kind), trace.WithAttributes(
		attribute.String("messaging.system", "acme"),
		attribute.String("messaging.operation.name", operation),
		attribute.String("messaging.destination.name", m.Topic),
		attribute.String("server.address", c.Broker()),
	))
	call.SetData(span)
	return ctx
}

func end(call *hook.Call, err error) {
	span, ok := call.Data().(trace.Span)
	if !ok {
		return
	}
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	if _, panicked := call.Panic(); panicked {
		span.SetStatus(codes.Error, "panic")
	}
	span.End()
}
