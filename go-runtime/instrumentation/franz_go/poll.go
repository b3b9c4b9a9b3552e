// SPDX-License-Identifier: Apache-2.0

package franzgo

import (
	"context"
	"strconv"

	"github.com/twmb/franz-go/pkg/kgo"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// loop has the processing of what clients have handed out.
var loop = messaging.NewPullLoop(system)

// BeforePoll is where a client is asked for more.
func BeforePoll(call *hook.Call, cl *kgo.Client, _, _ any) {
	if pull := loop.Asks(cl); pull != nil {
		call.SetData(pull)
	}
}

// AfterPoll is where it hands out records.
func AfterPoll(call *hook.Call, cl *kgo.Client, _, _ any, fetches kgo.Fetches) {
	pull, ok := call.Data().(*messaging.Pull)
	if _, panicked := call.Panic(); !ok || panicked {
		return
	}
	if n := fetches.NumRecords(); n == 0 || n > 1 && pull.Passes() {
		return
	}
	records := fetches.Records()
	if pull.Passes() && len(records[0].Headers) == 0 {
		return
	}
	if current.Doubled(records[0].Context, trace.SpanKindConsumer, system.Name()) {
		return
	}
	headers := func(i int) propagation.TextMapCarrier { return headersOf(records[i]) }
	var only any
	if len(records) == 1 {
		only = positionOf(records[0])
	}
	ctx := loop.Hands(pull, cl, only, "poll", "process", of(cl, records), len(records), headers, func(to []attribute.KeyValue) []attribute.KeyValue {
		return describe(to, records)
	})
	for _, r := range records {
		if r.Context == nil {
			r.Context = context.Background()
		}
		if current.SpanIn(r.Context).SpanContext().IsValid() {
			continue // the program's
		}
		if len(records) > 1 {
			r.Context = otel.GetTextMapPropagator().Extract(r.Context, headersOf(r))
		} else if ctx != nil {
			r.Context = trace.ContextWithSpan(r.Context, current.SpanIn(ctx))
		}
	}
}

func describe(to []attribute.KeyValue, records []*kgo.Record) []attribute.KeyValue {
	if len(records) != 1 {
		return to
	}
	return tombstone(append(to, messaging.KafkaOffset.Int64(records[0].Offset)), records[0])
}

// position says which record one is.
type position struct {
	topic     string
	partition int32
	offset    int64
}

func positionOf(r *kgo.Record) position { return position{r.Topic, r.Partition, r.Offset} }

// of is what all records have in common, at the server of a client.
func of(cl *kgo.Client, records []*kgo.Record) (at messaging.Destination) {
	if Configured != nil {
		seeds, group := Configured(cl)
		at.At(seeds...)
		at.Group = group
	}
	if len(records) == 0 {
		return at
	}
	partition := records[0].Partition
	at.Name, at.Partition = records[0].Topic, strconv.Itoa(int(partition))
	for _, r := range records {
		if r.Topic != at.Name {
			at.Name, at.Partition = "", ""
			return at
		}
		if r.Partition != partition {
			at.Partition = ""
		}
	}
	return at
}

// committing is a commit that is under way.
type committing struct {
	messaging.Call
	client  *kgo.Client
	records []position
}

// BeforeCommitRecords begins the span of CommitRecords.
func BeforeCommitRecords(call *hook.Call, cl *kgo.Client, ctx context.Context, records []*kgo.Record) {
	if len(records) > 0 {
		commit(call, cl, ctx, records)
	}
}

// BeforeCommit begins the span of CommitUncommittedOffsets.
func BeforeCommit(call *hook.Call, cl *kgo.Client, ctx context.Context) { commit(call, cl, ctx, nil) }

func commit(call *hook.Call, cl *kgo.Client, ctx context.Context, records []*kgo.Record) {
	if cl == nil || system.Off || current.Suppressed() || system.Skips(ctx, trace.SpanKindClient) {
		return
	}
	c := &committing{client: cl}
	for _, r := range records {
		c.records = append(c.records, positionOf(r))
	}
	headers := func(i int) propagation.TextMapCarrier { return headersOf(records[i]) }
	system.Settle(&c.Call, ctx, "commit", of(cl, records), len(records), headers, func(to []attribute.KeyValue) []attribute.KeyValue {
		if len(records) == 1 {
			to = append(to, messaging.KafkaOffset.Int64(records[0].Offset))
		}
		return to
	})
	call.SetData(c)
}

// AfterCommit ends it, and the processing of a record.
func AfterCommit(call *hook.Call, err error) {
	c, ok := call.Data().(*committing)
	if !ok {
		return
	}
	if _, panicked := call.Panic(); panicked {
		c.Unwind()
	}
	if c.End(failureOf(err)); err == nil {
		for _, r := range c.records {
			loop.Settled(c.client, r)
		}
	}
}

// BeforeClose is where a client hands out nothing more.
func BeforeClose(_ *hook.Call, cl *kgo.Client) { loop.Close(cl) }
