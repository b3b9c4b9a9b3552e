// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/internal/spantest"
)

// consumer is one of a client's.
type consumer struct{ name *string }

func newConsumer() *consumer { return &consumer{new(string)} }

func handedTo(l *PullLoop, to any) {
	c := &Call{}
	kafka.Process(c, nil, "process", orders, 1, One(propagation.MapCarrier{}), true, nil)
	l.Handed(to, c)
}

func (l *PullLoop) size() (n int) {
	l.consumers.Range(func(any, any) bool { n++; return true })
	return n
}

func TestPullLoopEnds(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, one, other := &PullLoop{}, newConsumer(), newConsumer()
	for i, step := range []struct {
		do   func()
		want int // spans that have ended
	}{
		{func() { loop.Next(one); loop.Settled(one); loop.Close(one) }, 0},
		{func() { handedTo(loop, one); handedTo(loop, other) }, 0},
		{func() { loop.Next(one) }, 1},
		{func() { loop.Next(one) }, 1},
		{func() { handedTo(loop, one); loop.Settled(one) }, 2},
		{func() { loop.Settled(one); loop.Next(one) }, 2},
		{func() { loop.Close(other); loop.Close(other) }, 3},
		{func() { handedTo(loop, other); loop.Close(other) }, 4},
		{func() { handedTo(loop, nil); handedTo(loop, (*consumer)(nil)); handedTo(loop, 7) }, 7},
		{func() {
			for i := 0; i < mostHanded+1; i++ {
				handedTo(loop, one)
			}
		}, 8},
		{func() { loop.Close(one) }, 8 + mostHanded},
	} {
		step.do()
		if got := len(ended()); got != step.want {
			t.Errorf("step %d: %d spans have ended, want %d", i, got, step.want)
		}
	}
	if loop.size() != 0 {
		t.Errorf("%d consumers are kept", loop.size())
	}
}

// What is handed out while the consumer is closed isn't lost.
func TestPullLoopClosesMeanwhile(t *testing.T) {
	h := &handed{}
	h.close()
	if h.add(&Call{}) {
		t.Error("a closed consumer has taken it")
	}
}

// A message that is settled may be one of a batch that isn't done.
func TestPullLoopSettles(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, one, other := &PullLoop{}, newConsumer(), newConsumer()
	batch := &Call{}
	kafka.Process(batch, nil, "process", orders, 2, One(propagation.MapCarrier{}), true, nil)
	loop.Handed(one, batch)
	handedTo(loop, other)
	loop.Settled(one)
	loop.SettledHere()
	if spans := ended(); len(spans) != 1 || len(spans[0].Attributes()) == 0 || spans[0].SpanContext().SpanID() == batch.Span().SpanContext().SpanID() {
		t.Errorf("%d spans have ended", len(spans))
	}
	if loop.Next(one); len(ended()) != 2 {
		t.Error("the batch goes on")
	}
}

// A consumer that nobody closes is collected, with what it has handed out.
func TestPullLoopKeepsNoConsumer(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop := &PullLoop{}
	for i := 0; i < 100; i++ {
		handedTo(loop, newConsumer())
	}
	for deadline := time.Now().Add(10 * time.Second); (loop.size() > 0 || len(ended()) < 100) && time.Now().Before(deadline); {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if loop.size() != 0 || len(ended()) != 100 {
		t.Errorf("%d consumers are kept, %d spans have ended", loop.size(), len(ended()))
	}
}

func TestPullLoopOfManyGoroutines(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, shared := &PullLoop{}, newConsumer()
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := 0; n < 100; n++ {
				loop.Next(shared)
				handedTo(loop, shared)
				if n%3 == 0 {
					loop.Settled(shared)
				}
				if n == 50 {
					loop.Close(shared)
				}
			}
		}()
	}
	all.Wait()
	loop.Close(shared)
	if len(ended()) != 800 || loop.size() != 0 {
		t.Errorf("%d spans have ended, %d consumers are kept", len(ended()), loop.size())
	}
}
