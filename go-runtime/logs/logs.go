// SPDX-License-Identifier: Apache-2.0

// Package logs takes the records that hooks see in the program's logging
// libraries, and exports them in batches where OTEL_LOGS_EXPORTER asks for it.
// The libraries' own output isn't touched here.
package logs

import (
	"context"
	"sync/atomic"
	"time"

	"otel.runtime/internal/batch"
	"otel.runtime/otlp"
)

// Exporter is where batches of records go. It keeps none of them.
type Exporter interface {
	ExportLogs(ctx context.Context, records []otlp.LogRecord) error
}

var running atomic.Pointer[batch.Queue[otlp.LogRecord]]

// Start exports records to all of to from now on. full is called when a record
// is dropped for the first time; it may be nil.
func Start(limits batch.Limits, full func(), to ...Exporter) {
	started := batch.New(limits, func(ctx context.Context, records []otlp.LogRecord) error {
		var first error
		for _, to := range to {
			if err := to.ExportLogs(ctx, records); err != nil && first == nil {
				first = err
			}
		}
		return first
	}, full)
	if before := running.Swap(started); before != nil {
		before.Stop()
	}
}

// Enabled reports whether records are wanted: without it, don't make any.
func Enabled() bool { return running.Load() != nil }

// Counts are how many records were taken, and how many found the queue full.
func Counts() (added, dropped uint64) {
	if q := running.Load(); q != nil {
		return q.Added(), q.Dropped()
	}
	return 0, 0
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
	q.Add(r)
}

// Flush exports the records taken so far, until ctx ends.
func Flush(ctx context.Context) error {
	if q := running.Load(); q != nil {
		return q.Flush(ctx)
	}
	return nil
}
