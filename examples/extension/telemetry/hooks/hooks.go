// SPDX-License-Identifier: Apache-2.0

// Package hooks has Acme's hooks of its own SDK, for the rules in
// ../rules.yaml.
package hooks

import (
	"context"

	"acme.example/sdk/queue"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var tracer = current.NewTracer("acme.example/telemetry/hooks")

// running is a span from the before to the after hook.
type running struct {
	span      trace.Span
	node      *current.Node
	unsampled current.Unsampled // room for the span if it isn't sampled
}

// start starts a span and makes it the goroutine's too.
func start(call *hook.Call, ctx context.Context, name string, kind trace.SpanKind, describe current.Describe) context.Context {
	r := &running{}
	ctx, r.span = tracer.Start(ctx, &r.unsampled, name, kind, describe)
	r.node = current.Push(r.span)
	call.SetData(r)
	return ctx
}

// BeforePublish starts the PRODUCER span of a message, and sends the message
// as a copy that carries the span's context: the caller's message stays as it
// is.
func BeforePublish(call *hook.Call, c *queue.Client, ctx *context.Context, m **queue.Message) {
	original := *m
	started := start(call, current.Context(*ctx), "send "+original.Topic, trace.SpanKindProducer, func(to []attribute.KeyValue) []attribute.KeyValue {
		return attributes(to, "send", c, original)
	})
	sent := *original
	sent.Headers = map[string]string{}
	for key, value := range original.Headers {
		sent.Headers[key] = value
	}
	otel.GetTextMapPropagator().Inject(started, propagation.MapCarrier(sent.Headers))
	*ctx, *m = started, &sent
}

// AfterPublish ends it.
func AfterPublish(call *hook.Call, err error) { end(call, err) }

// BeforeDeliver starts the CONSUMER span of a message in the trace of its
// sender.
func BeforeDeliver(call *hook.Call, ctx *context.Context, c *queue.Client, _ any, m *queue.Message) {
	parent := otel.GetTextMapPropagator().Extract(*ctx, propagation.MapCarrier(m.Headers))
	*ctx = start(call, parent, "process "+m.Topic, trace.SpanKindConsumer, func(to []attribute.KeyValue) []attribute.KeyValue {
		return attributes(to, "process", c, m)
	})
}

// AfterDeliver ends it.
func AfterDeliver(call *hook.Call, err error) { end(call, err) }

func end(call *hook.Call, err error) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	r.node.End()
	if err != nil {
		r.span.SetStatus(codes.Error, err.Error())
	}
	if _, panicked := call.Panic(); panicked {
		r.span.SetStatus(codes.Error, "panic")
	}
	r.span.End()
}

func attributes(to []attribute.KeyValue, operation string, c *queue.Client, m *queue.Message) []attribute.KeyValue {
	return append(to,
		attribute.String("messaging.system", "acme"),
		attribute.String("messaging.operation.name", operation),
		attribute.String("messaging.destination.name", m.Topic),
		attribute.String("server.address", c.Broker()),
	)
}
