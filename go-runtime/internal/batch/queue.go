// SPDX-License-Identifier: Apache-2.0

// Package batch has the bounded queue between what ends in the program, spans
// and log records, and what exports them.
package batch

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"otel.runtime/internal/schedule"
)

// Limits are the OTEL_BSP_* and OTEL_BLRP_* settings.
type Limits struct {
	Delay   time.Duration // between two exports; 0: only complete batches, and what is flushed
	Timeout time.Duration // of one export
	Queue   int           // items that wait; more are dropped
	Batch   int           // items of one export
}

// Queue exports items in batches, in their order: complete ones at once, and what
// there is after each delay. Adding to it never waits. It has no goroutine but
// while it exports, and then one that the program doesn't see.
type Queue[T any] struct {
	limits Limits
	export func(ctx context.Context, items []T) error
	turn   chan struct{} // holds a token while nobody exports; guards batch
	batch  []T
	when   *schedule.Schedule

	added, dropped atomic.Uint64

	mu      sync.Mutex
	waiting []T
	full    func() // called at the first drop
}

// New starts a queue. export must not keep items. full is called when an item is
// dropped for the first time; it may be nil.
func New[T any](limits Limits, export func(ctx context.Context, items []T) error, full func()) *Queue[T] {
	if limits.Batch > limits.Queue {
		limits.Batch = limits.Queue
	}
	q := &Queue[T]{limits: limits, export: export, full: full, turn: make(chan struct{}, 1)}
	q.turn <- struct{}{}
	q.when = schedule.Start(limits.Delay, func() (apart func()) {
		return func() { q.Flush(context.Background()) }
	})
	return q
}

// Add takes an item, or drops it if the queue is full.
func (q *Queue[T]) Add(item T) {
	q.mu.Lock()
	if len(q.waiting) >= q.limits.Queue {
		full := q.full
		q.full = nil
		q.mu.Unlock()
		q.dropped.Add(1)
		if full != nil {
			full()
		}
		return
	}
	q.waiting = append(q.waiting, item)
	complete := len(q.waiting) >= q.limits.Batch
	q.mu.Unlock()
	q.added.Add(1)
	if complete {
		q.when.Soon()
	}
}

// Dropped is how many items found the queue full.
func (q *Queue[T]) Dropped() uint64 { return q.dropped.Load() }

// Added is how many didn't.
func (q *Queue[T]) Added() uint64 { return q.added.Load() }

// Waiting is how many are in the queue.
func (q *Queue[T]) Waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// Flush exports what the queue holds, until ctx ends.
func (q *Queue[T]) Flush(ctx context.Context) error {
	select {
	case <-q.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { q.turn <- struct{}{} }()
	var first error
	for left := q.Waiting(); left > 0 && ctx.Err() == nil; left -= q.limits.Batch {
		q.take()
		if len(q.batch) == 0 {
			break
		}
		if err := q.exportBatch(ctx); err != nil && first == nil {
			first = err
		}
		release(q.batch)
	}
	if first == nil {
		first = ctx.Err()
	}
	return first
}

func (q *Queue[T]) exportBatch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, q.limits.Timeout)
	defer cancel()
	return q.export(ctx, q.batch)
}

// take moves the next batch out of the queue.
func (q *Queue[T]) take() {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.waiting)
	if n > q.limits.Batch {
		n = q.limits.Batch
	}
	q.batch = append(q.batch[:0], q.waiting[:n]...)
	left := copy(q.waiting, q.waiting[n:])
	release(q.waiting[left:])
	q.waiting = q.waiting[:left]
}

// release lets go of what the items hold.
func release[T any](items []T) {
	var none T
	for i := range items {
		items[i] = none
	}
}

// Stop ends exporting by itself; what is added afterwards waits for a Flush.
func (q *Queue[T]) Stop() { q.when.Stop() }
