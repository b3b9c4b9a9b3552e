// SPDX-License-Identifier: Apache-2.0

// The program of TestGoroutinesOfAWovenRuntime. Each check that fails is a
// line on stdout.
package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"sync"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var tracer = trace.NewTracerProvider().Tracer("test")

func start() (api.Span, *current.Node) {
	_, span := tracer.Start(context.Background(), "span")
	return span, current.Push(span)
}

func check(ok bool, what string) {
	if !ok {
		fmt.Println("wrong:", what)
	}
}

func isCurrent(span api.Span) bool { return current.SpanContext().Equal(span.SpanContext()) }

// manyGoroutines: each one inherits its request's span, and none is left with
// it when the request is over.
func manyGoroutines() {
	const requests, each = 1000, 100
	var wg sync.WaitGroup
	for r := 0; r < requests; r++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			check(current.Span() == nil, "a new request has a span")
			span, node := start()
			var inner, born sync.WaitGroup
			over := make(chan struct{})
			for i := 0; i < each; i++ {
				inner.Add(1)
				born.Add(1)
				go func() {
					defer inner.Done()
					check(isCurrent(span), "a started goroutine doesn't have its request's span")
					own, n := start()
					check(isCurrent(own), "own span isn't current")
					n.End()
					own.End()
					check(isCurrent(span), "the request's span isn't current again")
					born.Done()
					<-over
					check(current.Span() == nil, "the request's span is current after its end")
				}()
			}
			born.Wait()
			span.End()
			node.Unwind()
			close(over)
			inner.Wait()
		}()
	}
	wg.Wait()
}

// pool: a worker born in request A runs request B's task.
func pool() {
	tasks := make(chan func())
	defer close(tasks)
	a, node := start()
	go func() {
		for task := range tasks {
			task()
		}
	}()
	a.End()
	node.Unwind()
	done := make(chan bool)
	tasks <- func() { done <- current.Context(context.Background()) == context.Background() }
	check(<-done, "a pool's worker makes B a child of A")
}

// endedElsewhere: the heap stays flat.
func endedElsewhere() {
	spans := make(chan api.Span, 100)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for span := range spans {
			span.End()
		}
	}()
	var before, after runtime.MemStats
	for i := 0; i < 200000; i++ {
		if i == 1000 {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		span, _ := start()
		spans <- span
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	close(spans)
	wg.Wait()
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		fmt.Println("wrong: 200000 spans ended elsewhere leave", grown, "bytes")
	}
	check(current.Span() == nil, "an ended span is current")
}

// reuse: the g of a goroutine that ended is used again, its word is not.
func reuse() {
	done := make(chan bool)
	for i := 0; i < 10000; i++ {
		go func() { start(); done <- true }()
		<-done
		go func() { done <- current.Span() == nil }()
		check(<-done, "the word of a goroutine that ended is still there")
	}
}

func coroutine() {
	span, node := start()
	next, stop := iter.Pull(func(yield func(bool) bool) { yield(isCurrent(span)) })
	inherited, _ := next()
	check(inherited, "a coroutine doesn't inherit")
	stop()
	node.Unwind()
	span.End()
}

// systemGoroutines: a timer's function has no creator; a finalizer's goroutine
// is a system one, started in whatever request was first to need it.
func systemGoroutines() {
	span, node := start()
	fired, finalized := make(chan bool), make(chan bool)
	time.AfterFunc(time.Millisecond, func() { fired <- current.Span() == nil })
	func() { runtime.SetFinalizer(new([64]int), func(*[64]int) { finalized <- current.Span() == nil }) }()
	check(<-fired, "a timer's function has a span")
	runtime.GC()
	check(<-finalized, "a finalizer has a span")
	node.Unwind()
	span.End()
}

func suppression() {
	inside := make(chan bool)
	current.Suppress(func() { go func() { inside <- current.Suppressed() }() })
	check(<-inside && !current.Suppressed(), "suppression")
}

// leaving asks how deferred calls' function is being left.
func leaving() {
	var value any
	var panicked bool
	woven := func(body func()) {
		var call hook.Call
		defer func() { value, panicked = call.Panic() }()
		grow(100) // moves the stack
		body()
	}
	woven(func() {})
	check(!panicked, "a return is a panic")

	func() {
		defer func() { check(recover() == "boom", "the panic was changed") }()
		woven(func() { panic("boom") })
	}()
	check(panicked && value == "boom", "a panic isn't seen")

	func() {
		defer func() { _ = recover() }()
		defer woven(func() { grow(1000) })
		panic("outer")
	}()
	check(!panicked, "the panic of a caller is taken for this function's own")

	recovering := func() {
		var call hook.Call
		defer func() { value, panicked = call.Panic() }()
		defer func() { _ = recover() }()
		panic("recovered here")
	}
	recovering()
	check(!panicked, "a recovered panic is seen")

	done := make(chan bool)
	go func() {
		defer close(done)
		woven(runtime.Goexit)
	}()
	<-done
	check(panicked && value == nil, "Goexit isn't seen")
}

//go:noinline
func grow(n int) byte {
	var page [256]byte
	if n == 0 {
		return page[0]
	}
	page[n%256] = grow(n - 1)
	return page[(n+1)%256]
}

func main() {
	if len(os.Args) > 1 {
		bench()
		return
	}
	manyGoroutines()
	pool()
	endedElsewhere()
	reuse()
	coroutine()
	systemGoroutines()
	suppression()
	leaving()
	fmt.Println("done")
}

func bench() {
	const n = 10000000
	from := time.Now()
	for i := 0; i < n; i++ {
		if current.Suppressed() {
			panic("suppressed")
		}
	}
	fmt.Println("Suppressed", time.Since(from)/n)
	from = time.Now()
	for i := 0; i < n/10; i++ {
		done := make(chan bool)
		go func() { close(done) }()
		<-done
	}
	fmt.Println("go statement", time.Since(from)/(n/10))
}
