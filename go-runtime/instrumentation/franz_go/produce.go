// SPDX-License-Identifier: Apache-2.0

package franzgo

import (
	"errors"
	"strings"
	"sync"
	"unsafe" // also for go:linkname

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/leaving"
	"otel.runtime/telemetry/carrier"
)

var system = messaging.New("kafka", "otel.runtime/franzgo", "franz-go", "github.com/twmb/franz-go")

// Configured is what a client was made with; BatchBytesOf is how long its batches may be,
// by topic, and BatchBytes the same in older releases.
var (
	Configured   func(cl *kgo.Client) (seeds []string, group string)
	BatchBytesOf func(cl *kgo.Client) func(topic string) int32
	BatchBytes   func(cl *kgo.Client) int32
)

// hooks are those of a client.
type hooks struct {
	server     messaging.Destination    // without a topic
	batchBytes func(topic string) int32 // may be nil
}

var (
	_ kgo.HookNewClient               = (*hooks)(nil)
	_ kgo.HookProduceRecordBuffered   = (*hooks)(nil)
	_ kgo.HookProduceRecordUnbuffered = (*hooks)(nil)
)

// ownOption is the option by which a client has hooks of ours.
type ownOption struct{ kgo.Opt }

// BeforeNewClient has a client have hooks of ours, after the program's. Those of a
// client whose options are used again stay that one's.
func BeforeNewClient(_ *hook.Call, options *[]kgo.Opt) {
	if system.Off {
		return
	}
	all := make([]kgo.Opt, 0, len(*options)+1)
	for _, option := range *options {
		if _, ours := option.(ownOption); !ours {
			all = append(all, option)
		}
	}
	*options = append(all, ownOption{kgo.WithHooks(&hooks{})})
}

func (h *hooks) OnNewClient(cl *kgo.Client) {
	defer hook.Contain("franz_go_client", "OnNewClient")
	if Configured == nil {
		return
	}
	seeds, _ := Configured(cl)
	h.server.At(seeds...)
	if BatchBytesOf != nil {
		h.batchBytes = BatchBytesOf(cl)
	} else if BatchBytes != nil {
		most := BatchBytes(cl)
		h.batchBytes = func(string) int32 { return most }
	}
}

// producing is a record whose promise hasn't been called.
type producing struct {
	messaging.Call
	theirs, ours []kgo.RecordHeader
	over         sync.Once
}

func (p *producing) end(failed instrumentation.Failure) { p.over.Do(func() { p.End(failed) }) }

var (
	buffered sync.Map // *kgo.Record to *producing
	leaves   sync.Once
)

func headersOf(r *kgo.Record) carrier.List[kgo.RecordHeader] {
	return carrier.List[kgo.RecordHeader]{
		Of:    &r.Headers,
		Key:   func(h kgo.RecordHeader) string { return h.Key },
		Value: func(h kgo.RecordHeader) string { return string(h.Value) },
		New:   func(key, value string) kgo.RecordHeader { return kgo.RecordHeader{Key: key, Value: []byte(value)} },
	}
}

// perHeader is what a header has beside its key and its value, and perBatch a batch with
// one record, at most.
const perHeader, perBatch = 10, 120

// limited is the headers of a record which mustn't be longer than a batch.
type limited struct {
	carrier.List[kgo.RecordHeader]
	most int
}

func (l limited) Set(key, value string) {
	if len(key)+len(value)+perHeader <= l.most {
		l.List.Set(key, value)
	}
}

// carrierOf is nil where there is no room for a trace context.
func (h *hooks) carrierOf(r *kgo.Record) propagation.TextMapCarrier {
	if h.batchBytes == nil {
		return headersOf(r)
	}
	size := perBatch + len(r.Key) + len(r.Value)
	for _, header := range r.Headers {
		size += len(header.Key) + len(header.Value) + perHeader
	}
	left := int(h.batchBytes(r.Topic)) - size
	if left < len("traceparent")+55+perHeader {
		return nil
	}
	return limited{headersOf(r), left}
}

// OnProduceRecordBuffered begins the span of a record.
func (h *hooks) OnProduceRecordBuffered(r *kgo.Record) {
	defer hook.Contain("franz_go_client", "OnProduceRecordBuffered")
	if current.Suppressed() {
		theirs := r.Headers
		messaging.PassOn(r.Context, 1, func(int) propagation.TextMapCarrier { return h.carrierOf(r) })
		if len(r.Headers) != len(theirs) {
			buffered.Store(r, &producing{theirs: theirs, ours: r.Headers})
		}
		return
	}
	if system.Skips(r.Context, trace.SpanKindProducer) {
		return
	}
	p := &producing{theirs: r.Headers}
	if _, twice := buffered.LoadOrStore(r, p); twice {
		return
	}
	leaves.Do(func() { leaving.Before(giveUp) })
	at := h.server
	at.Name = r.Topic
	system.Send(&p.Call, r.Context, "send", at, 1, messaging.One(h.carrierOf(r)), func(to []attribute.KeyValue) []attribute.KeyValue {
		return tombstone(to, r)
	})
	p.ours = r.Headers
}

func tombstone(to []attribute.KeyValue, r *kgo.Record) []attribute.KeyValue {
	if r.Value == nil && r.Key != nil {
		to = append(to, messaging.KafkaTombstone.Bool(true))
	}
	return to
}

// OnProduceRecordUnbuffered ends it, before the record's promise is called. The client
// counts the record's bytes once more before that, so the headers stay until then.
func (h *hooks) OnProduceRecordUnbuffered(r *kgo.Record, err error) {
	defer hook.Contain("franz_go_client", "OnProduceRecordUnbuffered")
	if of, ok := buffered.Load(r); ok {
		of.(*producing).end(failureOf(err))
	}
}

// promised is called by the file that is added to kgo.
//
//go:linkname promised github.com/twmb/franz-go/pkg/kgo.otelPromised
var promised func(r *kgo.Record)

func init() {
	if !system.Off {
		promised = restore
	}
}

// restore has the program's record as it was, before its promise is called.
func restore(r *kgo.Record) {
	defer hook.Contain("franz_go_promise", "restore")
	of, ok := buffered.LoadAndDelete(r)
	if !ok {
		return
	}
	p := of.(*producing)
	if len(r.Headers) == len(p.ours) && unsafe.SliceData(r.Headers) == unsafe.SliceData(p.ours) {
		r.Headers = p.theirs
	}
}

// giveUp is for a process that ends before its records are written.
func giveUp() {
	buffered.Range(func(_, of any) bool {
		of.(*producing).end(instrumentation.Failure{})
		return true
	})
}

// failureOf has Kafka's name of an error that a broker has answered with.
func failureOf(err error) instrumentation.Failure {
	failed := instrumentation.FailureOf(err)
	var known *kerr.Error
	if errors.As(err, &known) {
		failed.Type, failed.Description = known.Message, strings.TrimSuffix(known.Error(), ".") // which older releases end in
	}
	return failed
}
