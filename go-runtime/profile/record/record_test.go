// SPDX-License-Identifier: Apache-2.0

package record

import (
	"context"
	"encoding/binary"
	"reflect"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"
	"unsafe"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/profile"
)

// goroutineLabels is what SetGoroutineLabels has set.
//
//go:linkname goroutineLabels runtime/pprof.runtime_getProfLabel
func goroutineLabels() unsafe.Pointer

func TestLabelsOfAGoroutine(t *testing.T) {
	defer pprof.SetGoroutineLabels(context.Background())
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("b", "2", "a", "1")))
	if got := labelsAt(goroutineLabels()); !reflect.DeepEqual(got, []profile.Label{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}) {
		t.Errorf("%v", got)
	}
	if labelsAt(nil) != nil {
		t.Error("labels of none")
	}
	type other struct{ list []struct{ key, value int } }
	if sameLayout(reflect.TypeOf(other{}), reflect.TypeOf(labelSet{})) || sameLayout(reflect.TypeOf(map[string]string{}), reflect.TypeOf(labelSet{})) {
		t.Error("labels of another layout")
	}
}

// recordsOf makes what the runtime's log has: a record for each of samples.
func recordsOf(samples ...[]uint64) (data []uint64, tags []unsafe.Pointer) {
	for _, s := range samples {
		data = append(append(data, uint64(2+len(s)), 0), s...)
		tags = append(tags, nil)
	}
	return data, tags
}

func TestSamplesAreAddedUpBySpan(t *testing.T) {
	var pcs [1]uintptr
	runtime.Callers(1, pcs[:])
	pc := uint64(pcs[0])
	c := &cpu{hz: 100}
	c.add(recordsOf([]uint64{1, 1, 2, 3, 4, pc}, []uint64{1, 1, 2, 3, 4, pc}, []uint64{1, 0, 0, 0, 0, pc}, []uint64{0, 0, 0, 0, 0, 17}))
	c.add(recordsOf([]uint64{1, 1, 2, 3, 4, pc}))
	p := c.window(time.Unix(1, 0), nil)
	if len(p.Samples) != 2 || p.Lost != 17 || len(p.Frames) != 1 || p.Frames[0].Function != "otel.runtime/profile/record.TestSamplesAreAddedUpBySpan" {
		t.Fatalf("%+v", p)
	}
	for _, s := range p.Samples {
		want := []int64{1, 10000000}
		if s.Span.Trace.IsValid() {
			want = []int64{3, 30000000}
			if binary.BigEndian.Uint64(s.Span.ID[:]) != 3 || binary.BigEndian.Uint64(s.Span.Root[:]) != 4 || s.Span.Trace.String() != "00000000000000010000000000000002" {
				t.Errorf("%+v", s.Span)
			}
		}
		if !reflect.DeepEqual(s.Values, want) {
			t.Errorf("%+v", s)
		}
	}
	if p := c.window(time.Unix(2, 0), nil); p != nil {
		t.Errorf("%+v", p)
	}
}

// A request that a window's end finds under way has its route in the next one.
func TestSamplesWaitOnceForTheEndOfTheirWork(t *testing.T) {
	var pcs [1]uintptr
	runtime.Callers(1, pcs[:])
	c := &cpu{hz: 100}
	running := func(root uint64) bool { return root == 5 }
	c.add(recordsOf([]uint64{1<<32 | 1, 1, 2, 3, 4, 17}, []uint64{1<<32 | 1, 1, 2, 3, 5, 18}, []uint64{1, 1, 2, 3, 6, uint64(pcs[0])}))
	if p := c.window(time.Unix(1, 0), running); len(p.Samples) != 2 {
		t.Errorf("%+v", p)
	}
	if p := c.window(time.Unix(2, 0), running); len(p.Samples) != 1 || p.Samples[0].Span.Root != [8]byte{7: 4} || p.Samples[0].Values[0] != 1 {
		t.Errorf("%+v", p)
	}
	c.add(recordsOf([]uint64{1<<32 | 1, 1, 2, 3, 4, 17}))
	if p := c.window(time.Unix(3, 0), nil); len(p.Samples) != 1 {
		t.Errorf("%+v", p)
	}
}

// What is recorded stays bounded, and nothing is left out of the sum.
func TestSpansBeyondTheBoundAreAddedUp(t *testing.T) {
	c := &cpu{hz: 100}
	for i := 0; i < mostSamples+1000; i++ {
		c.add(recordsOf([]uint64{1, 1, 1, uint64(i + 1), 1, uint64(i + 1)}))
	}
	if len(c.samples) > mostSamples+2 || len(c.stacks.all) > mostStacks+1 {
		t.Errorf("%d samples, %d stacks", len(c.samples), len(c.stacks.all))
	}
	sum := int64(0)
	for _, n := range c.samples {
		sum += n
	}
	if sum != mostSamples+1000 {
		t.Errorf("%d", sum)
	}
}

// Spans end at any time. The race detector sees it.
func TestASpanEndsWhileAWindowDoes(t *testing.T) {
	counts = make([]spanCount, countedSpans)
	defer func() { counts = nil }()
	counts[3] = spanCount{Span: 3, Self: 5, Total: 50}
	r := &Recorder{cpu: &cpu{hz: 100}, cpuRate: 100}
	span := tracetest.SpanStub{SpanContext: trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{7: 3}})}.Snapshot()
	ended, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case <-ended:
				return
			default:
				r.mu.Lock()
				r.window(time.Unix(1, 0), false)
				r.mu.Unlock()
			}
		}
	}()
	defer func() {
		close(ended)
		<-done
	}()
	for i := 0; i < 10000; i++ {
		if got, want := r.Ended(span).Attributes(), []attribute.KeyValue{selfTime.Float64(0.05), totalTime.Float64(0.5)}; !reflect.DeepEqual(got, want) {
			t.Fatalf("%v", got)
		}
	}
}

func TestSampledAllocationsAreScaled(t *testing.T) {
	// As runtime/pprof's test of the same has it: 512 KiB of objects of 1 KiB, one of which was sampled.
	if got := scaled(1, 1024, 512*1024); got[0] != 512 || got[1] < 512*1024 || got[1] > 513*1024 {
		t.Errorf("%v", got)
	}
	if got := scaled(3, 300, 1); got != [2]int64{3, 300} {
		t.Errorf("%v", got)
	}
	if got := scaled(2, 2<<30, 512*1024); got != [2]int64{2, 2 << 30} {
		t.Errorf("%v", got)
	}
}
