// SPDX-License-Identifier: Apache-2.0

// Package logs takes the records that hooks see in the program's logging
// libraries, and exports them in batches where OTEL_LOGS_EXPORTER asks for it.
// The libraries' own output isn't touched here.
package logs

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/batch"
)

// Exporter is where batches of records go. It keeps none of them.
type Exporter interface {
	ExportLogs(ctx context.Context, records []otlp.LogRecord) error
}

// Pipeline is a queue of its own, and where it is exported to.
type Pipeline struct {
	Limits batch.Limits
	Full   func() // called when a record is dropped for the first time; may be nil
	To     []Exporter
}

type queue = *batch.Queue[otlp.LogRecord]

var running atomic.Pointer[[]queue]

// Start exports records to all pipelines from now on.
func Start(pipelines ...Pipeline) {
	var started []queue
	for _, p := range pipelines {
		started = append(started, p.start())
	}
	if before := running.Swap(&started); before != nil {
		for _, q := range *before {
			q.Stop()
		}
	}
}

func (p Pipeline) start() queue {
	return batch.New(p.Limits, func(ctx context.Context, records []otlp.LogRecord) error {
		var first error
		for _, to := range p.To {
			if err := to.ExportLogs(ctx, records); err != nil && first == nil {
				first = err
			}
		}
		return first
	}, p.Full)
}

// Enabled reports whether records are wanted: without it, don't make any.
func Enabled() bool { return running.Load() != nil }

// Counts are how many records were taken, and how many found a queue full.
func Counts() (added, dropped uint64) {
	if all := running.Load(); all != nil {
		for _, q := range *all {
			added, dropped = added+q.Added(), dropped+q.Dropped()
		}
	}
	return added, dropped
}

// Emit takes a record, which must not be changed afterwards. It never waits.
func Emit(r otlp.LogRecord) {
	all := running.Load()
	if all == nil {
		return
	}
	if r.Observed.IsZero() {
		r.Observed = time.Now()
	}
	for _, q := range *all {
		q.Add(r)
	}
}

// Flush exports the records taken so far, until ctx ends.
func Flush(ctx context.Context) error {
	all := running.Load()
	if all == nil {
		return nil
	}
	results := make(chan error, len(*all))
	for _, q := range *all {
		go func(q queue) { results <- q.Flush(ctx) }(q)
	}
	var errs []error
	for range *all {
		errs = append(errs, <-results)
	}
	return errors.Join(errs...)
}
