// SPDX-License-Identifier: Apache-2.0

package kafkago

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/leaving"
	"otel.runtime/internal/spantest"
)

// The program's list of messages, and of headers, isn't written to.
func TestWhatIsSentIsACopy(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	room := make([]kafka.Header, 1, 5)
	room[0] = kafka.Header{Key: "TraceParent", Value: []byte("none")}
	theirs := []kafka.Message{{Value: []byte("v"), Headers: room}}
	sent := theirs
	var call hook.Call
	BeforeWrite(&call, &kafka.Writer{Topic: "orders"}, context.Background(), &sent)
	AfterWrite(&call, new(error))
	if len(theirs[0].Headers) != 1 || theirs[0].Headers[0].Key != "TraceParent" || room[0].Key != "TraceParent" || room[:2][1].Key != "" {
		t.Errorf("the program's: %v", theirs)
	}
	if headers := sent[0].Headers; len(headers) != 1 || headers[0].Key != "traceparent" || string(headers[0].Value) == "none" {
		t.Errorf("sent: %v", headers)
	}
}

func TestRoomForHeaders(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	BatchBytes = func(*kafka.Writer) int64 { return 200 }
	defer func() { BatchBytes = nil }()
	for length, has := range map[int]bool{50: true, 150: false} {
		sent := []kafka.Message{{Value: make([]byte, length)}}
		var call hook.Call
		BeforeWrite(&call, &kafka.Writer{Topic: "orders"}, context.Background(), &sent)
		if AfterWrite(&call, new(error)); len(sent[0].Headers) > 0 != has {
			t.Errorf("%d bytes: %v", length, sent[0].Headers)
		}
	}
}

// Messages that a Writer gives back, because one of them is too large, are the program's.
func TestMessagesThatAreGivenBack(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	own := []kafka.Header{{Key: "shop"}}
	for _, async := range []bool{false, true} {
		for large := 0; large < 3; large++ {
			theirs := []kafka.Message{{Headers: own}, {}, {Headers: own[:1:1]}}
			sent := theirs
			var call hook.Call
			BeforeWrite(&call, &kafka.Writer{Topic: "orders", Async: async}, context.Background(), &sent)
			var err error = kafka.MessageTooLargeError{Message: sent[large], Remaining: append(append([]kafka.Message(nil), sent[:large]...), sent[large+1:]...)}
			AfterWrite(&call, &err)
			got := err.(kafka.MessageTooLargeError)
			want := kafka.MessageTooLargeError{Message: theirs[large], Remaining: append(append([]kafka.Message(nil), theirs[:large]...), theirs[large+1:]...)}
			if !reflect.DeepEqual(got, want) || len(sent[1].Headers) != 1 {
				t.Errorf("%d: %v, want %v", large, got, want)
			}
		}
	}
}

// batch is what a Writer has put together.
type batch struct{ messages []kafka.Message }

// An asynchronous Writer's span ends with the last of its messages, whose first
// failure it has; with the call if that fails; and with the process.
func TestAsynchronousWriter(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	Batch = func(b any) []kafka.Message { return b.(*batch).messages }
	defer func() { Batch = nil }()
	w := &kafka.Writer{Async: true}
	send := func(err error) []kafka.Message {
		header := []kafka.Header{{Key: "traceparent", Value: []byte("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")}}
		sent := []kafka.Message{{Topic: "orders", Headers: header}, {Topic: "orders", Headers: header}}
		var call hook.Call
		BeforeWrite(&call, w, context.Background(), &sent)
		AfterWrite(&call, &err)
		return sent
	}
	kept := func() (n int) {
		queued.Range(func(_, _ any) bool { n++; return true })
		return n
	}
	sent := send(nil)
	BeforeComplete(nil, &batch{sent[:1]}, kafka.NotLeaderForPartition)
	if len(ended()) != 0 || kept() != 1 {
		t.Fatalf("%d have ended, %d are kept", len(ended()), kept())
	}
	BeforeComplete(nil, &batch{append(sent[1:], kafka.Message{})}, nil)
	BeforeComplete(nil, &batch{sent}, nil)
	send(errors.New("closed"))
	send(nil)
	leaving.Run()
	spans := ended()
	if len(spans) != 3 || kept() != 0 {
		t.Fatalf("%d have ended, %d are kept", len(spans), kept())
	}
	for i, want := range []string{"NOT_LEADER_FOR_PARTITION", "*errors.errorString", ""} {
		got := ""
		for _, a := range spans[i].Attributes() {
			if a.Key == "error.type" {
				got = a.Value.AsString()
			}
		}
		if got != want {
			t.Errorf("%d: %q", i, got)
		}
	}
}

func TestFailures(t *testing.T) {
	for err, want := range map[error]string{
		nil:                         "",
		kafka.NotLeaderForPartition: "NOT_LEADER_FOR_PARTITION",
		context.Canceled:            "context.Canceled",
		kafka.Error(12345):          "github.com/segmentio/kafka-go.Error",
	} {
		if got := failureOfError(err).Type; got != want {
			t.Errorf("%v: %q", err, got)
		}
	}
	if got := failureOfError(kafka.WriteErrors{nil, kafka.RequestTimedOut}).Type; got != "REQUEST_TIMED_OUT" {
		t.Error(got)
	}
}

func TestTopics(t *testing.T) {
	for want, of := range map[string][]string{"a": {"a", "a"}, "": {"a", "b"}} {
		var all []kafka.Message
		for _, topic := range of {
			all = append(all, kafka.Message{Topic: topic})
		}
		if got := topicOf("", all); got != want {
			t.Errorf("%v: %q", of, got)
		}
		if topicOf("w", all) != "w" {
			t.Error("the writer's")
		}
	}
}

// Records that a Client sends get the context as they are read; the program's stay.
func TestRecordsOfAClient(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	theirs := []kafka.Record{{Value: kafka.NewBytes([]byte("1"))}, {Value: kafka.NewBytes([]byte("2"))}}
	request := &kafka.ProduceRequest{Topic: "orders", Records: kafka.NewRecordReader(theirs...)}
	given := request
	var call hook.Call
	BeforeProduce(&call, &kafka.Client{}, context.Background(), &given)
	var sent []kafka.Header
	for {
		record, err := given.Records.ReadRecord()
		if err != nil {
			break
		}
		sent = append(sent, record.Headers...)
	}
	AfterProduce(&call, &kafka.ProduceResponse{Error: kafka.RequestTimedOut}, nil)
	span := spantest.Only(t, ended)
	spantest.Has(t, span.Attributes(), map[attribute.Key]string{"messaging.batch.message_count": "2", "error.type": "REQUEST_TIMED_OUT", "messaging.destination.name": "orders"})
	if len(sent) != 2 || !strings.Contains(string(sent[1].Value), span.SpanContext().SpanID().String()) || len(theirs[0].Headers) != 0 || request == given {
		t.Errorf("sent %v", sent)
	}
}

// Without an SDK what is current goes on, and nothing else is done.
func TestWhereNothingIsTraced(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	of := propagation.TraceContext{}.Extract(context.Background(), propagation.MapCarrier{"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
	if !trace.SpanContextFromContext(of).IsValid() {
		t.Fatal("no context")
	}
	sent := []kafka.Message{{}}
	var call hook.Call
	BeforeWrite(&call, &kafka.Writer{Topic: "orders"}, of, &sent)
	if AfterWrite(&call, new(error)); len(sent[0].Headers) != 1 {
		t.Errorf("%v", sent)
	}
	if _, begun := call.Data().(*sending); begun {
		t.Error("a call is told of")
	}
	call = hook.Call{}
	theirs := []kafka.Message{{}}
	out := &outgoing{of: new([]kafka.Message)}
	*out.of = theirs
	begin(&call, of, messaging.Destination{}, out)
	(*out.of)[0].Time = time.Unix(1, 0)
	if AfterConnWrite(&call, nil, nil, nil, nil, nil); theirs[0].Time.IsZero() || len(theirs[0].Headers) != 0 {
		t.Errorf("a Conn has sent the program's %v", theirs)
	}
	r, m := &kafka.Reader{}, kafka.Message{}
	if n := testing.AllocsPerRun(100, func() {
		var call hook.Call
		BeforeFetch(&call, r, nil)
		AfterFetch(&call, r, nil, m, nil)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
