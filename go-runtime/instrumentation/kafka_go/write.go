// SPDX-License-Identifier: Apache-2.0

package kafkago

import (
	"context"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/leaving"
)

var system = messaging.New("kafka", "otel.runtime/kafkago", "kafka-go", "github.com/segmentio/kafka-go")

// BatchBytes is the length of messages that a Writer takes.
var BatchBytes func(w *kafka.Writer) int64

// Batch is the messages of what a Writer has put together.
var Batch func(batch any) []kafka.Message

// sending is a call that sends.
type sending struct {
	messaging.Call
	out   *outgoing
	keys  []*kafka.Header // of the messages of an asynchronous Writer that aren't written
	left  atomic.Int32    // of these
	mu    sync.Mutex
	first error // of them
	over  sync.Once
}

// queued has the calls whose messages are still to be written, by the memory of the
// messages' headers.
var (
	queued      sync.Map // *kafka.Header to *sending
	leavesQueue sync.Once
)

// BeforeWrite begins the span of (*Writer).WriteMessages.
func BeforeWrite(call *hook.Call, w *kafka.Writer, ctx context.Context, messages *[]kafka.Message) {
	if w == nil {
		return
	}
	out := &outgoing{of: messages}
	if BatchBytes != nil {
		out.most = BatchBytes(w)
	}
	at := messaging.Destination{Name: topicOf(w.Topic, *messages)}
	if w.Addr != nil {
		at.At(w.Addr.String())
	}
	s := begin(call, ctx, at, out)
	if s == nil || !w.Async {
		return
	}
	leavesQueue.Do(func() { leaving.Before(giveUp) })
	out.copy()
	s.left.Store(int32(len(*messages)))
	for i := range *messages {
		m := &(*messages)[i]
		m.Headers = append(make([]kafka.Header, 0, len(m.Headers)+1), m.Headers...)
		key := unsafe.SliceData(m.Headers)
		s.keys = append(s.keys, key)
		queued.Store(key, s)
	}
}

func begin(call *hook.Call, ctx context.Context, at messaging.Destination, out *outgoing) *sending {
	messages := *out.of
	if system.Off || len(messages) == 0 {
		return nil
	}
	if current.Suppressed() {
		if messaging.PassOn(ctx, len(messages), out.carrier); out.copied {
			call.SetData(out)
		}
		return nil
	}
	if system.Skips(ctx, trace.SpanKindProducer) {
		return nil
	}
	s := &sending{out: out}
	system.Send(&s.Call, ctx, "send", at, len(messages), out.carrier, func(to []attribute.KeyValue) []attribute.KeyValue {
		if len(messages) == 1 && messages[0].Value == nil && messages[0].Key != nil {
			to = append(to, messaging.KafkaTombstone.Bool(true))
		}
		return to
	})
	call.SetData(s)
	return s
}

// topicOf is that of all messages, or "".
func topicOf(topic string, messages []kafka.Message) string {
	if topic == "" && len(messages) > 0 {
		topic = messages[0].Topic
		for i := range messages {
			if messages[i].Topic != topic {
				return ""
			}
		}
	}
	return topic
}

// AfterWrite ends it, unless the messages have only been queued. Messages that the
// Writer gives back, because one is too large, are the program's.
func AfterWrite(call *hook.Call, err *error) {
	switch data := call.Data().(type) {
	case *sending:
		if _, panicked := call.Panic(); data.keys == nil || *err != nil || panicked {
			data.end(failureOf(call, *err))
		}
		*err = data.out.giveBack(*err)
	case *outgoing:
		*err = data.giveBack(*err)
	}
}

// BeforeComplete is where a batch has been written, or has been given up.
func BeforeComplete(_ *hook.Call, batch any, err error) {
	if Batch == nil || system.Off {
		return
	}
	for _, m := range Batch(batch) {
		if cap(m.Headers) == 0 {
			continue
		}
		if of, ok := queued.LoadAndDelete(unsafe.SliceData(m.Headers)); ok {
			of.(*sending).written(err)
		}
	}
}

// written is one message of s.
func (s *sending) written(err error) {
	s.mu.Lock()
	if s.first == nil {
		s.first = err
	}
	err = s.first
	s.mu.Unlock()
	if s.left.Add(-1) == 0 {
		s.end(failureOfError(err))
	}
}

func (s *sending) end(failed instrumentation.Failure) {
	s.over.Do(func() {
		for _, key := range s.keys {
			queued.Delete(key)
		}
		s.End(failed)
	})
}

// giveUp is for a process that ends before its messages are written.
func giveUp() {
	queued.Range(func(_, of any) bool {
		of.(*sending).end(instrumentation.Failure{})
		return true
	})
}
