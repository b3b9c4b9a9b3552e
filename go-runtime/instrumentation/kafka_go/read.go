// SPDX-License-Identifier: Apache-2.0

package kafkago

import (
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// loop has the processing of what readers have handed out; reading are the calls of
// ReadMessage, which fetches a message and commits it before it is handed out.
var (
	loop    = messaging.NewPullLoop(system)
	reading messaging.Outer
)

// BeforeRead is where (*Reader).ReadMessage begins.
func BeforeRead(call *hook.Call, r *kafka.Reader, _ any) {
	if pull := loop.Asks(r); pull != nil {
		call.SetData(pull)
		reading.Enter()
	}
}

// AfterRead is where it hands out a message.
func AfterRead(call *hook.Call, r *kafka.Reader, _ any, m kafka.Message, err error) {
	if call.Data() != nil {
		reading.Leave()
		hands(call, r, m, err)
	}
}

// BeforeFetch is where (*Reader).FetchMessage begins.
func BeforeFetch(call *hook.Call, r *kafka.Reader, _ any) {
	if !reading.Within() {
		if pull := loop.Asks(r); pull != nil {
			call.SetData(pull)
		}
	}
}

// AfterFetch is where it hands out a message.
func AfterFetch(call *hook.Call, r *kafka.Reader, _ any, m kafka.Message, err error) {
	if call.Data() != nil {
		hands(call, r, m, err)
	}
}

func hands(call *hook.Call, r *kafka.Reader, m kafka.Message, err error) {
	pull := call.Data().(*messaging.Pull)
	switch _, panicked := call.Panic(); {
	case panicked:
	case err == nil:
		give(pull, r, from(r, m.Topic, m.Partition), m)
	case !errors.Is(err, io.EOF) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded):
		loop.Fails(pull, "poll", from(r, "", -1), failureOfError(err))
	}
}

func give(pull *messaging.Pull, consumer any, at messaging.Destination, m kafka.Message) {
	if !pull.Passes() || len(m.Headers) > 0 {
		giveTraced(pull, consumer, at, m)
	}
}

func giveTraced(pull *messaging.Pull, consumer any, at messaging.Destination, m kafka.Message) {
	loop.Hands(pull, consumer, positionOf(m), "poll", "process", at, 1, messaging.One(headersOf(&m.Headers)), func(to []attribute.KeyValue) []attribute.KeyValue {
		if to = append(to, messaging.KafkaOffset.Int64(m.Offset)); m.Value == nil && m.Key != nil {
			to = append(to, messaging.KafkaTombstone.Bool(true))
		}
		return to
	})
}

// position says which message of a reader's one is.
type position struct {
	topic     string
	partition int
	offset    int64
}

func positionOf(m kafka.Message) position { return position{m.Topic, m.Partition, m.Offset} }

// from is where a reader's messages come from.
func from(r *kafka.Reader, topic string, partition int) messaging.Destination {
	config := r.Config()
	if topic == "" {
		topic = config.Topic
	}
	at := messaging.Destination{Name: topic, Group: config.GroupID}
	if partition >= 0 {
		at.Partition = strconv.Itoa(partition)
	}
	at.At(config.Brokers...)
	return at
}

// committing is a commit that is under way.
type committing struct {
	messaging.Call
	reader   *kafka.Reader
	messages []position
}

// BeforeCommit begins the span of (*Reader).CommitMessages.
func BeforeCommit(call *hook.Call, r *kafka.Reader, ctx context.Context, messages []kafka.Message) {
	if r == nil || len(messages) == 0 || system.Off || current.Suppressed() || system.Skips(ctx, trace.SpanKindClient) {
		return
	}
	c := &committing{reader: r}
	if !reading.Within() {
		for _, m := range messages {
			c.messages = append(c.messages, positionOf(m))
		}
	}
	partition := messages[0].Partition
	for _, m := range messages {
		if m.Partition != partition {
			partition = -1
		}
	}
	headers := func(i int) propagation.TextMapCarrier { return headersOf(&messages[i].Headers) }
	at := from(r, topicOf("", messages), partition)
	system.Settle(&c.Call, ctx, "commit", at, len(messages), headers, func(to []attribute.KeyValue) []attribute.KeyValue {
		if len(messages) == 1 {
			to = append(to, messaging.KafkaOffset.Int64(messages[0].Offset))
		}
		return to
	})
	call.SetData(c)
}

// AfterCommit ends it, and the processing of the messages.
func AfterCommit(call *hook.Call, err error) {
	c, ok := call.Data().(*committing)
	if !ok {
		return
	}
	if c.End(failureOf(call, err)); err == nil {
		for _, m := range c.messages {
			loop.Settled(c.reader, m)
		}
	}
}

// BeforeClose is where a reader hands out nothing more.
func BeforeClose(_ *hook.Call, r *kafka.Reader) { loop.Close(r) }
