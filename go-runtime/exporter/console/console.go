// SPDX-License-Identifier: Apache-2.0

// Package console prints finished traces as trees, for a developer who runs a
// program without a collector. It is the exporter behind
// OTEL_TRACES_EXPORTER=console.
package console

import (
	"context"
	"io"
	"os"
	"sync"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/exporter/console/tree"
)

// most is how many spans wait for their trace's local root. Past it the oldest
// trace is printed as it is.
const most = 4096

// Exporter is a sdktrace.SpanExporter. Spans wait until the local root of their
// trace (the span without a parent in this process) has ended, so that a trace
// is printed in one piece. A span that ends later is printed with the next batch.
type Exporter struct {
	out io.Writer

	mu      sync.Mutex
	waiting map[string][]tree.Span // by trace ID
	arrival []string               // the keys of waiting, oldest first
	spans   int                    // in waiting
	closed  bool
}

var _ sdktrace.SpanExporter = (*Exporter)(nil)

// New prints to out, or to stderr if it is nil: stdout is the program's.
func New(out io.Writer) *Exporter {
	if out == nil {
		out = os.Stderr
	}
	return &Exporter{out: out, waiting: map[string][]tree.Span{}}
}

// ExportSpans prints the traces that spans complete.
func (e *Exporter) ExportSpans(_ context.Context, spans []sdktrace.ReadOnlySpan) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	var complete []string
	for _, s := range spans {
		d := drawn(s)
		if len(e.waiting[d.TraceID]) == 0 {
			e.arrival = append(e.arrival, d.TraceID)
		}
		e.waiting[d.TraceID] = append(e.waiting[d.TraceID], d)
		e.spans++
		if parent := s.Parent(); !parent.SpanID().IsValid() || parent.IsRemote() {
			complete = append(complete, d.TraceID)
		}
	}
	// Only now, so that what one batch holds of a trace is printed together.
	err := e.print(complete)
	for e.spans > most && err == nil {
		err = e.print(e.arrival[:1:1])
	}
	return err
}

// ForceFlush prints every trace, complete or not.
func (e *Exporter) ForceFlush(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.print(append([]string(nil), e.arrival...))
}

// Shutdown prints what is left; what comes later is dropped.
func (e *Exporter) Shutdown(ctx context.Context) error {
	err := e.ForceFlush(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	return err
}

// print writes each of the traces with one call and forgets it, written or not.
func (e *Exporter) print(traces []string) error {
	var failed error
	for _, id := range traces {
		spans := e.waiting[id]
		if len(spans) == 0 {
			continue
		}
		delete(e.waiting, id)
		e.spans -= len(spans)
		for i, waits := range e.arrival {
			if waits == id {
				e.arrival = append(e.arrival[:i], e.arrival[i+1:]...)
				break
			}
		}
		if _, err := e.out.Write(tree.Append(nil, spans)); err != nil {
			failed = err
		}
	}
	return failed
}
