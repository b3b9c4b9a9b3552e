// SPDX-License-Identifier: Apache-2.0

// Package otlp delivers telemetry to an OpenTelemetry collector over OTLP, by
// gRPC, http/protobuf or http/json. It is what an instrumented program links instead of
// the official exporters, and needs neither a gRPC nor a protocol buffers
// library: requests are encoded by hand and sent by net/http.
//
// It runs in other people's programs. So it never blocks longer than its
// timeout, keeps no goroutine after Shutdown, writes nothing but an occasional
// line to stderr, and contains its own panics.
package otlp

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"otel.runtime/internal/apart"
	"otel.runtime/internal/bubble"
	"otel.runtime/internal/trouble"
)

// Suppress, if set, runs each export such that the program's instrumentation
// leaves the exporter's own HTTP calls alone. The transport's goroutines start
// from within run. Set it before the first export.
var Suppress func(run func())

// requestLimit is the size above which a batch is sent in parts: collectors
// refuse messages of more than 4 MiB unless they are told otherwise.
const requestLimit = 4<<20 - 4<<10

// DeliveryError says that telemetry was not delivered. It has been told on the
// exporter's log where due, so who handles it need not report it again.
type DeliveryError struct{ Reason string }

func (e *DeliveryError) Error() string { return "telemetry is not being delivered: " + e.Reason }

// sender makes one attempt to deliver a frame, at a time. Its error is a
// *refusal. close ends its connection, and the next attempt makes another.
type sender interface {
	send(ctx context.Context, f *frame) (answer, error)
	close()
}

// Stats counts items (spans, data points) since the exporter was made.
type Stats struct {
	Sent     uint64 // taken by the collector
	Failed   uint64 // given up
	Rejected uint64 // refused by the collector out of a request that it took
	Retries  uint64 // attempts after the first
}

// delivery sends one signal.
type delivery struct {
	signal  Signal
	sender  sender
	target  string
	timeout time.Duration
	gzip    bool
	json    *message // nil unless requests are JSON
	notice  *notice
	hurry   hurry
	retries backoff

	turn  chan struct{} // holds a token while nobody exports; guards the fields below
	frame *frame
	plain []byte // what frame holds, before compression
	coded []byte // what plain says in JSON
	gz    squeezer

	closed chan struct{} // no further export begins
	once   sync.Once
	life   context.Context // ends the export under way
	end    context.CancelFunc

	sent, failed, rejected, retried atomic.Uint64
	untaken                         atomic.Bool // the collector has no service for the signal
}

// content is what one export carries: n items, some of which append encodes.
type content struct {
	n      int
	append func(b []byte, from, to int) []byte
}

// newDelivery dials nothing before the first export.
func newDelivery(c Config) *delivery {
	e := &delivery{
		signal:  c.Signal,
		target:  c.target(),
		timeout: c.Timeout,
		gzip:    c.Gzip,
		notice:  &notice{log: c.Log},
		retries: defaultBackoff,
		turn:    make(chan struct{}, 1),
		closed:  make(chan struct{}),
	}
	e.turn <- struct{}{}
	e.life, e.end = context.WithCancel(context.Background())
	if c.Protocol == HTTPJSON {
		e.json = requests()[c.Signal]
	}
	if c.Protocol == GRPC {
		e.sender = newGRPCSender(c)
	} else {
		e.sender = newHTTPSender(c)
	}
	return e
}

// Stats may be called at any time.
func (e *delivery) Stats() Stats {
	return Stats{Sent: e.sent.Load(), Failed: e.failed.Load(), Rejected: e.rejected.Load(), Retries: e.retried.Load()}
}

// Failing reports whether telemetry isn't being delivered.
func (e *delivery) Failing() bool { return e.notice.isFailing() }

// Hurry makes exports give up at once when the collector can't be reached, until
// release is called. A program that ends waits for its last spans to be sent,
// but not for a collector that isn't there.
func (e *delivery) Hurry() (release func()) { return e.hurry.begin() }

// run delivers all, trying again where OTLP allows it, until the configured
// timeout. The connection's goroutines outlive it, so they start from one that
// the program doesn't see. Its error is a *DeliveryError.
func (e *delivery) run(ctx context.Context, all content) error {
	if all.n == 0 {
		return nil
	}
	ctx, cancel := e.bounded(ctx)
	defer cancel()
	defer context.AfterFunc(e.life, cancel)()
	select {
	case <-e.closed:
		return e.giveUp(all.n, "the exporter is shut down")
	default:
	}
	select {
	case <-e.turn:
	case <-ctx.Done():
		return e.giveUp(all.n, "no answer in time")
	}
	defer e.pass()
	var err error
	run := func() { err = e.contained(ctx, all) }
	if Suppress != nil {
		unseen := run
		run = func() { Suppress(unseen) }
	}
	if bubble.Inside() { // ctx may be of the bubble, and of no use outside
		run()
	} else {
		apart.Run(run)
	}
	return err
}

// Shutdown lets an export under way end until ctx does, then closes the
// connection. No goroutine of the exporter's is left some moments later.
func (e *delivery) Shutdown(ctx context.Context) error {
	var err error
	e.once.Do(func() {
		close(e.closed)
		select {
		case <-e.turn:
			e.end()
			e.pass()
		case <-ctx.Done():
			e.end()
			err = ctx.Err()
		}
	})
	return err
}

func (e *delivery) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if e.timeout > 0 {
		return context.WithTimeout(ctx, e.timeout)
	}
	return context.WithCancel(ctx)
}

// pass gives the turn to the next export. After Shutdown there is none that
// could use the connection.
func (e *delivery) pass() {
	select {
	case <-e.closed:
		e.sender.close()
	default:
	}
	e.turn <- struct{}{}
}

// contained keeps a defect of ours, or of an attribute's type, from ending the
// program.
func (e *delivery) contained(ctx context.Context, all content) (err error) {
	defer func() {
		if p := recover(); p != nil {
			e.frame = nil
			err = e.giveUp(all.n, fmt.Sprintf("internal error: %v", p))
		}
	}()
	return e.export(ctx, all, 0, all.n)
}

// export sends the items in as many requests as their size asks for.
func (e *delivery) export(ctx context.Context, all content, from, to int) error {
	n := to - from
	if e.encode(all, from, to) > requestLimit && n > 1 {
		return errors.Join(e.export(ctx, all, from, from+n/2), e.export(ctx, all, from+n/2, to))
	}
	got, refused := e.deliver(ctx, e.frame)
	if refused != nil {
		e.untaken.Store(refused.untaken)
		return e.giveUp(n, e.target+": "+refused.reason)
	}
	rejected := uint64(got.rejected)
	if got.rejected < 0 || rejected > uint64(n) {
		rejected = 0
	}
	e.sent.Add(uint64(n) - rejected)
	e.rejected.Add(rejected)
	if rejected == 0 {
		e.notice.recovered()
		if got.message != "" {
			e.notice.warn(fmt.Sprintf("%s: a warning of the collector's: %s", e.target, got.message))
		}
		return nil
	}
	err := &DeliveryError{Reason: trouble.Scrub(fmt.Sprintf("%s: %d of %d %s rejected: %s", e.target, rejected, n, e.signal.items, got.message))}
	e.notice.failed(err)
	return err
}

// encode makes e.frame hold the items and returns the size before compression.
func (e *delivery) encode(all content, from, to int) int {
	e.frame = e.frame.reuse()
	switch {
	case e.json == nil && !e.gzip:
		e.frame.bytes = all.append(e.frame.bytes, from, to)
		e.frame.seal(false)
		return len(e.frame.payload())
	case e.json == nil:
		e.plain = all.append(e.plain[:0], from, to)
	default:
		e.coded = all.append(e.coded[:0], from, to)
		e.plain = appendJSON(e.plain[:0], e.json, e.coded)
	}
	size := len(e.plain)
	if e.gzip {
		e.gz.squeeze(e.frame, e.plain)
	} else {
		e.frame.bytes = append(e.frame.bytes, e.plain...)
	}
	e.frame.seal(e.gzip)
	if cap(e.plain) > keptMemory {
		e.plain, e.coded = nil, nil
	}
	return size
}

func (e *delivery) giveUp(items int, reason string) error {
	e.failed.Add(uint64(items))
	err := &DeliveryError{Reason: trouble.Scrub(reason)} // a program's own error handler may get it
	e.notice.failed(err)
	return err
}
