// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/internal/batch"
)

// spanQueue is a sdktrace.SpanProcessor: the batch span processor, which counts
// what it drops.
type spanQueue struct {
	*batch.Queue[sdktrace.ReadOnlySpan]
	to       sdktrace.SpanExporter
	profiles *profiles
}

var _ sdktrace.SpanProcessor = (*spanQueue)(nil)

// newSpanQueue reports when spans are dropped for the first time, unless failing
// says that why they pile up has been told.
func (s settings) newSpanQueue(to sdktrace.SpanExporter, limits batch.Limits, failing func() bool) *spanQueue {
	return &spanQueue{batch.New(limits, to.ExportSpans, s.fullQueue("spans", "OTEL_BSP_MAX_QUEUE_SIZE", limits.Queue, failing)), to, s.profiles}
}

func (s settings) fullQueue(items, variable string, size int, failing func() bool) func() {
	return func() {
		if !failing() {
			s.report(fmt.Sprintf("%s end faster than they are exported; those that find no place in the queue are dropped (%s is %d)", items, variable, size))
		}
	}
}

func (*spanQueue) OnStart(context.Context, sdktrace.ReadWriteSpan) {}

func (q *spanQueue) OnEnd(span sdktrace.ReadOnlySpan) {
	if span.SpanContext().IsSampled() {
		q.Add(q.profiles.ended(span))
	}
}

func (q *spanQueue) ForceFlush(ctx context.Context) error { return q.Flush(ctx) }

func (q *spanQueue) Shutdown(ctx context.Context) error {
	q.Stop()
	err := q.Flush(ctx)
	if stopped := q.to.Shutdown(ctx); err == nil {
		err = stopped
	}
	return err
}
