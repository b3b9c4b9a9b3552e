// SPDX-License-Identifier: Apache-2.0

package franzgo

import (
	"context"
	"testing"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/leaving"
	"otel.runtime/internal/spantest"
)

// A record carries the context while the client has it, in headers that aren't the
// program's.
func TestRecordIsAsItWas(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	theirs := make([]kgo.RecordHeader, 1, 5)
	theirs[0] = kgo.RecordHeader{Key: "shop"}
	r, h := &kgo.Record{Topic: "orders", Headers: theirs}, &hooks{}
	h.OnProduceRecordBuffered(r)
	h.OnProduceRecordBuffered(r) // by the options of another client
	if len(r.Headers) != 2 || r.Headers[1].Key != "traceparent" || theirs[:2][1].Key != "" {
		t.Errorf("buffered: %v", r.Headers)
	}
	h.OnProduceRecordUnbuffered(r, kerr.NotLeaderForPartition)
	h.OnProduceRecordUnbuffered(r, nil)
	if len(r.Headers) != 2 {
		t.Errorf("unbuffered: %v, which the client counts once more", r.Headers)
	}
	promised(r)
	if promised(r); len(r.Headers) != 1 {
		t.Errorf("promised: %v", r.Headers)
	}
	spantest.Has(t, spantest.Only(t, ended).Attributes(), map[attribute.Key]string{"error.type": "NOT_LEADER_FOR_PARTITION", "messaging.destination.name": "orders"})
}

// The options of a client may be used again for another one, while the client is used.
func TestOptionsThatAreUsedAgain(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	theirs := []kgo.Opt{kgo.ClientID("shop")}
	first := theirs
	BeforeNewClient(nil, &first)
	second := first
	if BeforeNewClient(nil, &second); len(theirs) != 1 || len(first) != 2 || len(second) != 2 {
		t.Errorf("%v, %v, %v", theirs, first, second)
	}
}

func TestRoomForHeaders(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	h := &hooks{batchBytes: func(string) int32 { return 300 }}
	for length, has := range map[int]bool{50: true, 150: false} {
		r := &kgo.Record{Value: make([]byte, length)}
		h.OnProduceRecordBuffered(r)
		if len(r.Headers) > 0 != has {
			t.Errorf("%d bytes: %v", length, r.Headers)
		}
		h.OnProduceRecordUnbuffered(r, nil)
		promised(r)
	}
}

// Records that are never written end with the process.
func TestRecordsThatAreNotWritten(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	r := &kgo.Record{Topic: "orders"}
	(&hooks{}).OnProduceRecordBuffered(r)
	leaving.Run()
	(&hooks{}).OnProduceRecordUnbuffered(r, nil)
	promised(r)
	spantest.Only(t, ended)
}

// What kotel has a span of has none of ours.
func TestBesideKotel(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	theirs := otel.GetTracerProvider().Tracer("github.com/twmb/franz-go/plugin/kotel")
	ctx, sending := theirs.Start(context.Background(), "orders publish", trace.WithSpanKind(trace.SpanKindProducer))
	r := &kgo.Record{Topic: "orders", Context: ctx}
	(&hooks{}).OnProduceRecordBuffered(r)
	(&hooks{}).OnProduceRecordUnbuffered(r, nil)
	sending.End()
	ctx, receiving := theirs.Start(context.Background(), "orders receive", trace.WithSpanKind(trace.SpanKindConsumer))
	receiving.End()
	poll(&kgo.Client{}, &kgo.Record{Topic: "orders", Context: ctx})
	if len(ended()) != 2 {
		t.Errorf("%d spans", len(ended()))
	}
}

func poll(cl *kgo.Client, records ...*kgo.Record) {
	var call hook.Call
	BeforePoll(&call, cl, nil, nil)
	AfterPoll(&call, cl, nil, nil, kgo.Fetches{{Topics: []kgo.FetchTopic{{Topic: "orders", Partitions: []kgo.FetchPartition{{Records: records}}}}}})
}

// A record has the context of its processing; of several, that of its sender; and its
// own if the program has given it one.
func TestContextsOfRecords(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	carries := []kgo.RecordHeader{{Key: "traceparent", Value: []byte("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")}}
	own := trace.ContextWithSpanContext(context.Background(), trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}}))
	cl := &kgo.Client{}
	single := &kgo.Record{Topic: "orders", Offset: 7, Headers: carries}
	poll(cl, single)
	one, other := &kgo.Record{Topic: "orders", Headers: carries}, &kgo.Record{Topic: "paid", Context: own}
	poll(cl, one, other)
	spans := ended()
	if len(spans) != 3 || spans[1].Name() != "process orders" || spans[2].Name() != "poll" {
		t.Fatalf("%d spans", len(spans))
	}
	spantest.Has(t, spans[1].Attributes(), map[attribute.Key]string{"messaging.kafka.offset": "7", "messaging.destination.partition.id": "0"})
	for r, want := range map[*kgo.Record]trace.SpanID{single: spans[1].SpanContext().SpanID(), one: spans[1].Parent().SpanID(), other: {2}} {
		if got := trace.SpanContextFromContext(r.Context).SpanID(); got != want {
			t.Errorf("%s: %s, want %s", r.Topic, got, want)
		}
	}
	loop.Close(cl)
}

func TestWhereNothingIsTraced(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	cl, r := &kgo.Client{}, &kgo.Record{Topic: "orders"}
	var call hook.Call
	if poll(cl, r); r.Context != nil || call.Data() != nil {
		t.Error("a record without headers")
	}
	many := kgo.Fetches{{Topics: []kgo.FetchTopic{{Topic: "orders", Partitions: []kgo.FetchPartition{{Records: []*kgo.Record{r, r, r}}}}}}}
	if n := testing.AllocsPerRun(100, func() {
		var call hook.Call
		BeforePoll(&call, cl, nil, nil)
		AfterPoll(&call, cl, nil, nil, many)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	(&hooks{}).OnProduceRecordBuffered(r)
	if len(r.Headers) != 0 {
		t.Error(r.Headers)
	}
	r.Context = trace.ContextWithSpanContext(context.Background(), trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}}))
	(&hooks{}).OnProduceRecordBuffered(r)
	if len(r.Headers) != 1 {
		t.Error("nothing is passed on")
	}
	(&hooks{}).OnProduceRecordUnbuffered(r, nil)
	if promised(r); len(r.Headers) != 0 {
		t.Error(r.Headers)
	}
}
