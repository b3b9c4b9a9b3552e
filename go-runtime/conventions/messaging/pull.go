// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
)

// Pull is a call by which a goroutine asks a consumer for more, from Asks to Hands.
type Pull struct {
	since time.Time
	ended []processed // what this goroutine was handed before
}

// processed is where a span of processing was, which has ended.
type processed struct {
	trace  trace.TraceID
	within trace.SpanID // the span in which its message was pulled; zero if there was none
}

// passing is a Pull where nothing is traced.
var passing = &Pull{}

// Asks is where a goroutine asks a consumer for more, which ends what it was handed
// before. It returns nil where nothing is to be told of what it gets: the library is
// switched off, say, or asks for itself.
func (l *PullLoop) Asks(consumer any) *Pull {
	switch {
	case l.system.Off:
		return nil
	case current.Off():
		if l.used.Load() {
			l.next(consumer)
		}
		return passing
	case current.Suppressed() || l.system.Within():
		return nil
	}
	return &Pull{since: time.Now(), ended: l.next(consumer)}
}

// Passes reports whether what is handed out is only passed on: of messages without
// headers there is nothing to do.
func (p *Pull) Passes() bool { return p == passing }

// Hands is where the goroutine gets count messages: the receipt is told of by a span
// that has ended, and their processing begins, until the goroutine asks for more, the
// message is settled or the consumer is closed. receive and process are what the
// system calls these. message says which one it is, if it is one: see Identity. p and
// describe may be nil. It returns the context of the processing, or nil.
func (l *PullLoop) Hands(p *Pull, consumer, message any, receive, process string, at Destination, count int, headers Carriers, describe current.Describe) context.Context {
	if p == nil || count == 0 {
		return nil
	}
	c := &Call{message: message}
	if p.Passes() {
		if l.system.passOn(c, count, headers) {
			l.keep(consumer, c)
		}
		return c.Context
	}
	l.system.Received(nil, p.since, receive, at, count, headers, instrumentation.Failure{}, describe)
	l.system.process(c, nil, process, at, count, headers, p, describe)
	l.keep(consumer, c)
	return c.Context
}

// Fails is where the goroutine gets an error instead.
func (l *PullLoop) Fails(p *Pull, receive string, at Destination, failed instrumentation.Failure) {
	if p != nil && !p.Passes() {
		l.system.Received(nil, p.since, receive, at, 0, noHeaders, failed, nil)
	}
}

func noHeaders(int) propagation.TextMapCarrier { return nil }

// descends reports whether the span within which the messages are pulled belongs to
// what was processed before them: each would be deeper in one trace than the last.
func (p *Pull) descends(around trace.SpanContext) bool {
	for _, of := range p.ended {
		if of.trace == around.TraceID() && of.within != around.SpanID() {
			return true
		}
	}
	return false
}
