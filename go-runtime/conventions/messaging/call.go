// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
)

// Call is one operation, from its beginning to End. It is to be part of what a hook
// keeps. Not to be copied.
type Call struct {
	instrumentation.Operation

	system *System
	name   string // messaging.operation.name
	kind   Type
	at     Destination
	count  int  // of its messages
	pulled bool // they have been counted before

	// Of what a PullLoop keeps:
	message   any          // which one it is; nil of several
	goroutine uint64       // that was handed it
	within    trace.SpanID // the span in which it was pulled
}

// begin starts the span of c, whose fields are set. batch is a number of messages
// that is told. describe may be nil.
func (c *Call) begin(ctx context.Context, kind trace.SpanKind, began time.Time, links []trace.Link, batch bool, describe current.Describe) {
	name := c.name
	if to := c.at.text(); to != "" {
		name += " " + to
	}
	c.system.BeginLinked(&c.Operation, ctx, name, kind, began, links, func(to []attribute.KeyValue) []attribute.KeyValue {
		to = append(to, SystemKey.String(c.system.name), OperationName.String(c.name), OperationType.String(string(c.kind)))
		to = c.at.append(to)
		if batch {
			to = append(to, BatchCount.Int(c.count))
		}
		if describe != nil {
			to = describe(to)
		}
		return to
	})
}

// End ends the span, and measures the operation.
func (c *Call) End(failed instrumentation.Failure) {
	if c.system == nil {
		return
	}
	c.Operation.End(failed)
	c.measure(failed.Type)
}

// Settle begins the span of a settlement: name is "ack", "nack", "commit", or what
// the system calls it. It is the goroutine's until End. headers may be nil; else it is
// linked to the messages' senders, where what processes them isn't current.
func (s *System) Settle(c *Call, ctx context.Context, name string, at Destination, count int, headers Carriers, describe current.Describe) {
	c.system, c.name, c.kind, c.at, c.count = s, name, settle, at, count
	var links []trace.Link
	if headers != nil && current.Span() == nil {
		links = linksTo(count, headers)
	}
	c.begin(ctx, trace.SpanKindClient, time.Time{}, links, count > 1, describe)
	c.Push()
}
