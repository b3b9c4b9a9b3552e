// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/leaving"
	"otel.runtime/internal/spantest"
)

// consumer is one of a client's.
type consumer struct{ name *string }

func newConsumer() *consumer { return &consumer{new(string)} }

func handedTo(l *PullLoop, to any) {
	c := &Call{}
	kafka.process(c, nil, "process", orders, 1, One(propagation.MapCarrier{}), &Pull{}, nil)
	l.keep(to, c)
}

func (l *PullLoop) size() (n int) {
	l.consumers.Range(func(any, any) bool { n++; return true })
	return n
}

func TestPullLoopEnds(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, one, other := NewPullLoop(kafka), newConsumer(), newConsumer()
	for i, step := range []struct {
		do   func()
		want int // spans that have ended
	}{
		{func() { loop.next(one); loop.Settled(one, nil); loop.Close(one) }, 0},
		{func() { handedTo(loop, one); handedTo(loop, other) }, 0},
		{func() { loop.next(one) }, 1},
		{func() { loop.next(one) }, 1},
		{func() { handedTo(loop, one); loop.Settled(one, nil) }, 2},
		{func() { loop.Settled(one, nil); loop.next(one) }, 2},
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
	loop, one, other := NewPullLoop(kafka), newConsumer(), newConsumer()
	batch, message := &Call{}, newConsumer()
	kafka.process(batch, nil, "process", orders, 2, One(propagation.MapCarrier{}), &Pull{}, nil)
	loop.keep(one, batch)
	single := &Call{message: Identity(message)}
	kafka.process(single, nil, "process", orders, 1, One(propagation.MapCarrier{}), &Pull{}, nil)
	loop.keep(other, single)
	loop.Settled(one, nil)
	loop.SettledBySome(Identity(newConsumer()))
	loop.SettledBySome(nil)
	loop.Settled(other, Identity(one))
	if len(ended()) != 0 {
		t.Error("the batch, or another message, is settled")
	}
	loop.SettledBySome(Identity(message))
	if spans := ended(); len(spans) != 1 || len(spans[0].Attributes()) == 0 || spans[0].SpanContext().SpanID() == batch.Span().SpanContext().SpanID() {
		t.Errorf("%d spans have ended", len(spans))
	}
	if loop.next(one); len(ended()) != 2 {
		t.Error("the batch goes on")
	}
}

// A process may end while messages are worked on.
func TestPullLoopEndsWithTheProcess(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, one, other := NewPullLoop(kafka), newConsumer(), newConsumer()
	handedTo(loop, one)
	handedTo(loop, other)
	loop.CloseApart(one)
	leaving.Run()
	if len(ended()) != 2 || loop.size() != 0 {
		t.Errorf("%d spans have ended, %d consumers are kept", len(ended()), loop.size())
	}
	runtime.KeepAlive(other)
}

// A connection that is closed closes consumers without a word.
func TestPullLoopClosesSome(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, one, other := NewPullLoop(kafka), newConsumer(), newConsumer()
	handedTo(loop, one)
	handedTo(loop, other)
	loop.CloseIf(func(c any) bool { return c == one })
	if len(ended()) != 1 || loop.size() != 1 {
		t.Errorf("%d spans have ended, %d consumers are kept", len(ended()), loop.size())
	}
	loop.Close(other)
}

// What is handed out is told of as received, and is processed in the trace of its
// sender where nothing is around it.
func TestPullLoopHandsOut(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop, one := NewPullLoop(kafka), newConsumer()
	headers := propagation.MapCarrier{}
	inject(trace.ContextWithSpanContext(context.Background(), own), headers)
	loop.Hands(loop.Asks(one), one, nil, "poll", "process", orders, 1, One(headers), nil)
	loop.Hands(nil, one, nil, "poll", "process", orders, 1, One(headers), nil)
	pull := loop.Asks(one)
	loop.Fails(pull, "poll", orders, instrumentation.FailureOf(context.Canceled))
	spans := ended()
	if len(spans) != 3 || kindOf(spans[0]) != "poll orders client" || kindOf(spans[1]) != "process orders consumer" || kindOf(spans[2]) != "poll orders client" {
		t.Fatalf("%d spans", len(spans))
	}
	if spans[1].Parent().SpanID() != own.SpanID() || len(pull.ended) != 1 || pull.ended[0].trace != own.TraceID() {
		t.Errorf("parent %v, %+v", spans[1].Parent(), pull)
	}
	for around, want := range map[trace.SpanID]bool{{}: false, {7}: true} {
		of := trace.NewSpanContext(trace.SpanContextConfig{TraceID: own.TraceID(), SpanID: around})
		if pull.descends(of) != want || pull.descends(of.WithTraceID(trace.TraceID{8})) {
			t.Error(around)
		}
	}
}

// Without an SDK what a message carries goes on with what is done for it.
func TestPullLoopPassesOn(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	loop, one := NewPullLoop(kafka), newConsumer()
	headers := propagation.MapCarrier{}
	inject(trace.ContextWithSpanContext(context.Background(), own), headers)
	for _, carries := range []propagation.MapCarrier{headers, {}} {
		pull := loop.Asks(one)
		if loop.Hands(pull, one, nil, "poll", "process", orders, 1, One(carries), nil); !pull.Passes() || loop.size() != min(len(carries), 1) {
			t.Errorf("%v: %d are kept", carries, loop.size())
		}
		loop.Close(one)
	}
	var pushed Call
	kafka.Process(&pushed, nil, "process", orders, 1, One(headers), nil)
	if trace.SpanContextFromContext(pushed.Context).SpanID() != own.SpanID() {
		t.Error("what was pushed isn't passed on")
	}
	pushed.End(instrumentation.Failure{})
}

// A consumer that nobody closes is collected, with what it has handed out.
func TestPullLoopKeepsNoConsumer(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	loop := NewPullLoop(kafka)
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
	loop, shared := NewPullLoop(kafka), newConsumer()
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := 0; n < 100; n++ {
				loop.next(shared)
				handedTo(loop, shared)
				if n%3 == 0 {
					loop.Settled(shared, nil)
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
