// SPDX-License-Identifier: Apache-2.0

// Package logs takes the records that hooks see in the program's logging
// libraries, and exports them in batches where OTEL_LOGS_EXPORTER asks for it.
// The libraries' own output isn't touched here.
package logs

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"otel.runtime/otlp"
)

// Exporter is where batches of records go.
type Exporter interface {
	ExportLogs(ctx context.Context, records []otlp.LogRecord) error
}

// Limits are the OTEL_BLRP_* settings of the batch log record processor.
type Limits struct {
	Delay   time.Duration // between two exports
	Timeout time.Duration // of one export
	Queue   int           // records that wait; more are dropped
	Batch   int           // records of one export
}

var running atomic.Pointer[queue]

// Start exports records to all of to from now on.
func Start(limits Limits, to ...Exporter) {
	q := &queue{limits: limits, to: to, filled: make(chan struct{}, 1)}
	running.Store(q)
	go q.run()
}

// Enabled reports whether records are wanted: without it, don't make any.
func Enabled() bool { return running.Load() != nil }

// Dropped is how many records found the queue full.
func Dropped() uint64 {
	if q := running.Load(); q != nil {
		return q.dropped.Load()
	}
	return 0
}

// Emit takes a record, which must not be changed afterwards. It never waits.
func Emit(r otlp.LogRecord) {
	q := running.Load()
	if q == nil {
		return
	}
	if r.Observed.IsZero() {
		r.Observed = time.Now()
	}
	q.add(r)
}

// Flush exports the records taken so far, until ctx ends.
func Flush(ctx context.Context) error {
	if q := running.Load(); q != nil {
		return q.flush(ctx)
	}
	return nil
}

// queue holds records until the next export.
type queue struct {
	limits  Limits
	to      []Exporter
	filled  chan struct{} // a batch is complete
	dropped atomic.Uint64

	mu      sync.Mutex
	waiting []otlp.LogRecord

	exporting sync.Mutex
}

func (q *queue) add(r otlp.LogRecord) {
	q.mu.Lock()
	full := len(q.waiting) >= q.limits.Queue
	if !full {
		q.waiting = append(q.waiting, r)
	}
	complete := len(q.waiting) >= q.limits.Batch
	q.mu.Unlock()
	if full {
		q.dropped.Add(1)
	}
	if complete {
		select {
		case q.filled <- struct{}{}:
		default:
		}
	}
}

// run exports complete batches at once and what there is after each delay.
func (q *queue) run() {
	tick := time.NewTicker(q.limits.Delay)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-q.filled:
		}
		ctx, cancel := context.WithTimeout(context.Background(), q.limits.Timeout)
		q.flush(ctx)
		cancel()
	}
}

func (q *queue) flush(ctx context.Context) error {
	q.exporting.Lock()
	defer q.exporting.Unlock()
	var first error
	for ctx.Err() == nil {
		batch := q.take()
		if len(batch) == 0 {
			return first
		}
		for _, to := range q.to {
			if err := to.ExportLogs(ctx, batch); err != nil && first == nil {
				first = err
			}
		}
	}
	return ctx.Err()
}

func (q *queue) take() []otlp.LogRecord {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.waiting)
	if n > q.limits.Batch {
		n = q.limits.Batch
	}
	batch := q.waiting[:n:n]
	if q.waiting = q.waiting[n:]; len(q.waiting) == 0 {
		q.waiting = nil // the batch's memory ends with the batch
	}
	return batch
}
