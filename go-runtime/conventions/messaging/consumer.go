// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
)

// Received tells of a pull that has begun at since, and has returned count messages
// or has failed: a span that has ended, linked to what has sent them. An empty pull
// isn't told. name is what the system calls it: "receive", "fetch". ctx and describe
// may be nil.
func (s *System) Received(ctx context.Context, since time.Time, name string, at Destination, count int, headers Carriers, failed instrumentation.Failure, describe current.Describe) {
	if count == 0 && !failed.Failed() {
		return
	}
	c := &Call{system: s, name: name, kind: receive, at: at, count: count}
	c.begin(ctx, trace.SpanKindClient, since, linksTo(count, headers), count > 1, describe)
	c.End(failed)
}

// Process begins the span of processing count messages, which is work of its own
// until End: what is done on this goroutine belongs to its trace.
//
// A single message that was pushed, or that was pulled outside of any trace, is
// processed in the trace of its sender. One that was pulled within another one, and
// several, have that as their parent, and links to their senders.
// OTEL_GO_MESSAGING_PROCESS=child has the sender be the parent of each single
// message; link, of none.
func (s *System) Process(c *Call, ctx context.Context, name string, at Destination, count int, headers Carriers, pulled bool, describe current.Describe) {
	c.system, c.name, c.kind, c.at, c.count, c.pulled = s, name, process, at, count, pulled
	if ctx == nil {
		ctx = context.Background()
	}
	links := linksTo(count, headers)
	around := trace.SpanContext{}
	if pulled {
		around = current.SpanContext()
	}
	child := count == 1 && set.process != "link" && (!around.IsValid() || set.process == "child")
	switch {
	case child:
		if carrier := headers(0); carrier != nil {
			ctx = otel.GetTextMapPropagator().Extract(ctx, carrier)
		}
		if around.IsValid() {
			links = append(links, trace.Link{SpanContext: around})
		}
	case around.IsValid():
		ctx = current.Context(ctx)
	default:
		ctx = apart(ctx, count, headers)
	}
	c.begin(ctx, trace.SpanKindConsumer, time.Time{}, links, count > 1, describe)
	c.PushWorkContext()
}

// apart is ctx for a trace of its own, with the baggage of a single message.
func apart(ctx context.Context, count int, headers Carriers) context.Context {
	if count == 1 && headers(0) != nil {
		ctx = otel.GetTextMapPropagator().Extract(ctx, headers(0))
	}
	return trace.ContextWithSpanContext(ctx, trace.SpanContext{})
}

func linksTo(count int, headers Carriers) (links []trace.Link) {
	for i := 0; i < count; i++ {
		if of := carriedBy(headers(i)); of.IsValid() {
			links = append(links, trace.Link{SpanContext: of})
		}
	}
	return links
}
