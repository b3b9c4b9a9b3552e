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

// Unknown is a number of messages that only whoever reads them will know.
const Unknown = -1

// Received tells of a pull that has begun at since, and has returned count messages
// or has failed: a span that has ended, linked to what has sent them. An empty pull
// isn't told; of an Unknown number there are no links. name is what the system calls it:
// "receive", "fetch". ctx and describe may be nil.
func (s *System) Received(ctx context.Context, since time.Time, name string, at Destination, count int, headers Carriers, failed instrumentation.Failure, describe current.Describe) {
	if count == 0 && !failed.Failed() {
		return
	}
	c := &Call{system: s, name: name, kind: receive, at: at, count: count}
	c.begin(ctx, trace.SpanKindClient, since, linksTo(count, headers), count > 1, describe)
	c.End(failed)
}

// Process begins the span of processing count messages that were pushed to this
// goroutine, which is work of its own until End: what is done here belongs to its
// trace. Where nothing is traced it has the context that a single message carries.
//
// A single message is processed in the trace of its sender; several have a trace of
// their own, and links to their senders. OTEL_GO_MESSAGING_PROCESS=link has a single
// one be linked too.
func (s *System) Process(c *Call, ctx context.Context, name string, at Destination, count int, headers Carriers, describe current.Describe) {
	if current.Off() {
		s.passOn(c, count, headers)
		return
	}
	s.process(c, ctx, name, at, count, headers, nil, describe)
}

// process is Process for what was pushed, or pulled. What was pulled within a span has
// that as its parent, and is linked to its senders, unless that span belongs to what
// the goroutine had pulled before: OTEL_GO_MESSAGING_PROCESS=child has the sender be
// the parent of each single message.
func (s *System) process(c *Call, ctx context.Context, name string, at Destination, count int, headers Carriers, pull *Pull, describe current.Describe) {
	c.system, c.name, c.kind, c.at, c.count, c.pulled = s, name, process, at, count, pull != nil
	if ctx == nil {
		ctx = context.Background()
	}
	links := linksTo(count, headers)
	around := trace.SpanContext{}
	if pull != nil {
		around = current.SpanContext()
		c.within = around.SpanID()
	}
	nested := around.IsValid() && !pull.descends(around)
	child := count == 1 && set.process != "link" && (!nested || set.process == "child")
	switch {
	case child:
		if carrier := headers(0); carrier != nil {
			ctx = otel.GetTextMapPropagator().Extract(ctx, carrier)
		}
	case nested:
		ctx = current.Context(ctx)
	default:
		ctx = untraced(ctx, count, headers)
	}
	if around.IsValid() && (child || !nested) {
		links = append(links, trace.Link{SpanContext: around})
	}
	c.begin(ctx, trace.SpanKindConsumer, time.Time{}, links, count > 1, describe)
	c.PushWorkContext()
}

// passOn is process where nothing is traced: what a single message carries is current
// until the End of c. It reports whether there is such a thing.
func (s *System) passOn(c *Call, count int, headers Carriers) bool {
	if count != 1 {
		return false
	}
	carrier := headers(0)
	if carrier == nil {
		return false
	}
	ctx := otel.GetTextMapPropagator().Extract(context.Background(), carrier)
	if ctx == context.Background() {
		return false
	}
	c.system, c.count = s, count
	s.PassOn(&c.Operation, ctx)
	c.PushWorkContext()
	return true
}

// untraced is ctx for a trace of its own, with the baggage of a single message.
func untraced(ctx context.Context, count int, headers Carriers) context.Context {
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
