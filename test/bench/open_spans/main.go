// SPDX-License-Identifier: Apache-2.0

// open_spans is a program with an SDK of its own that prints what it costs to have
// many spans open at once: of start and end beside open ones, of ending them in
// the order of their starts, and the memory of such as are never ended.
package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"go.opentelemetry.io/otel"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

var tracer trace.Tracer

func start() trace.Span {
	_, span := tracer.Start(context.Background(), "message")
	return span
}

// pair is the time of a start and an end beside so many open spans.
func pair(open int) time.Duration {
	spans := make([]trace.Span, open)
	for i := range spans {
		spans[i] = start()
	}
	const pairs = 20000
	at := time.Now()
	for range pairs {
		start().End()
	}
	took := time.Since(at) / pairs
	for _, span := range spans {
		span.End()
	}
	return took
}

// inOrder is the time for so many spans that end in the order of their starts.
func inOrder(n int) time.Duration {
	at := time.Now()
	spans := make([]trace.Span, n)
	for i := range spans {
		spans[i] = start()
	}
	for _, span := range spans {
		span.End()
	}
	return time.Since(at)
}

// neverEnded is the memory that so many forgotten spans leave.
func neverEnded(n int) int64 {
	heap := func() int64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return int64(stats.HeapAlloc)
	}
	before := heap()
	for range n {
		start()
	}
	return heap() - before
}

// nowhere is a processor: a provider with none would count as no provider.
type nowhere struct{}

func (nowhere) OnStart(context.Context, sdk.ReadWriteSpan) {}
func (nowhere) OnEnd(sdk.ReadOnlySpan)                     {}
func (nowhere) Shutdown(context.Context) error             { return nil }
func (nowhere) ForceFlush(context.Context) error           { return nil }

func main() {
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(nowhere{})))
	tracer = otel.Tracer("program")
	pair(0)
	for _, open := range []int{0, 10, 1000, 100000} {
		fmt.Printf("start and end, %-7d open       %8.2f µs\n", open, float64(pair(open).Nanoseconds())/1000)
	}
	fmt.Printf("40,000 open, ended in their order  %8.1f ms\n", float64(inOrder(40000).Microseconds())/1000)
	fmt.Printf("1,000,000 never ended, heap        %8.2f MB\n", float64(neverEnded(1e6))/1e6)
}
