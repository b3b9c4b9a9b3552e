// SPDX-License-Identifier: Apache-2.0

package kafkago

import (
	"context"
	"net"
	"reflect"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// producing is a call of (*Client).Produce.
type producing struct {
	messaging.Call
	records *records
}

// records are those of a request, each with the context of its sending.
type records struct {
	kafka.RecordReader
	ctx  context.Context
	sent atomic.Int64
}

// ReadRecord is called while the request is written, on whatever goroutine.
func (r *records) ReadRecord() (*kafka.Record, error) {
	record, err := r.RecordReader.ReadRecord()
	if err != nil || record == nil {
		return record, err
	}
	r.sent.Add(1)
	own := *record
	r.carry(&own)
	return &own, nil
}

func (r *records) carry(record *kafka.Record) {
	defer hook.Contain("kafka_go_produce", "ReadRecord")
	messaging.Carry(r.ctx, headersOf(&record.Headers))
}

// isWriters reports whether records are those of a Writer, which has a span.
func isWriters(r kafka.RecordReader) bool {
	of := reflect.TypeOf(r)
	return of.Kind() == reflect.Pointer && of.Elem().Name() == "writerRecords"
}

// BeforeProduce begins the span of (*Client).Produce.
func BeforeProduce(call *hook.Call, c *kafka.Client, ctx context.Context, request **kafka.ProduceRequest) {
	if c == nil || *request == nil || (*request).Records == nil || isWriters((*request).Records) || system.Off {
		return
	}
	own := **request
	if current.Off() {
		if with := current.Context(ctx); with != nil {
			own.Records, *request = &records{RecordReader: own.Records, ctx: with}, &own
		}
		return
	}
	if system.Skips(ctx, trace.SpanKindProducer) {
		return
	}
	p := &producing{}
	system.SendSome(&p.Call, ctx, "send", of(c, own.Addr, own.Topic, own.Partition), nil)
	p.records = &records{RecordReader: own.Records, ctx: p.Context}
	own.Records, *request = p.records, &own
	call.SetData(p)
}

// AfterProduce ends it.
func AfterProduce(call *hook.Call, response *kafka.ProduceResponse, err error) {
	p, ok := call.Data().(*producing)
	if !ok {
		return
	}
	if err == nil && response != nil {
		err = response.Error
	}
	p.Counted(int(p.records.sent.Load()))
	p.End(failureOf(call, err))
}

// BeforeFetchRecords is where (*Client).Fetch begins.
func BeforeFetchRecords(call *hook.Call, c *kafka.Client, ctx context.Context, request *kafka.FetchRequest) {
	if c != nil && request != nil && !system.Off && !current.Suppressed() && !system.Skips(ctx, trace.SpanKindClient) {
		call.SetData(time.Now())
	}
}

// AfterFetchRecords tells of what it has fetched.
func AfterFetchRecords(call *hook.Call, c *kafka.Client, ctx context.Context, request *kafka.FetchRequest, response *kafka.FetchResponse, err error) {
	since, ok := call.Data().(time.Time)
	if !ok {
		return
	}
	if err == nil && response != nil {
		err = response.Error
	}
	system.Received(ctx, since, "fetch", of(c, request.Addr, request.Topic, request.Partition), messaging.Unknown, nil, failureOf(call, err), nil)
}

// of is a partition at the server of a client.
func of(c *kafka.Client, addr net.Addr, topic string, partition int) messaging.Destination {
	at := messaging.Destination{Name: topic, Partition: strconv.Itoa(partition)}
	if addr == nil {
		addr = c.Addr
	}
	if addr != nil {
		at.At(addr.String())
	}
	return at
}

// ConnOf is the topic and the partition of a Conn.
var ConnOf func(c *kafka.Conn) (topic string, partition int32)

func destinationOf(c *kafka.Conn) messaging.Destination {
	var at messaging.Destination
	if ConnOf != nil {
		topic, partition := ConnOf(c)
		at = messaging.Destination{Name: topic, Partition: strconv.Itoa(int(partition))}
	}
	if addr := c.RemoteAddr(); addr != nil {
		at.At(addr.String())
	}
	return at
}

// BeforeConnWrite begins the span of what a Conn sends.
func BeforeConnWrite(call *hook.Call, c *kafka.Conn, _ any, messages *[]kafka.Message) {
	if c != nil {
		begin(call, nil, destinationOf(c), &outgoing{of: messages})
	}
}

// AfterConnWrite ends it. A Conn gives the program's messages the time of their sending.
func AfterConnWrite(call *hook.Call, _, _, _, _ any, err error) {
	switch data := call.Data().(type) {
	case *sending:
		data.out.timed()
		data.end(failureOf(call, err))
	case *outgoing:
		data.timed()
	}
}

func (o *outgoing) timed() {
	for i := range o.theirs {
		o.theirs[i].Time = (*o.of)[i].Time
	}
}

// BeforeConnRead is where (*Conn).ReadMessage begins.
func BeforeConnRead(call *hook.Call, c *kafka.Conn, _ any) {
	if pull := loop.Asks(c); pull != nil {
		call.SetData(pull)
	}
}

// AfterConnRead is where it hands out a message.
func AfterConnRead(call *hook.Call, c *kafka.Conn, _ any, m kafka.Message, err error) {
	if pull, ok := call.Data().(*messaging.Pull); ok && err == nil {
		if _, panicked := call.Panic(); !panicked {
			give(pull, c, destinationOf(c), m)
		}
	}
}

// BeforeConnClose is where a Conn hands out nothing more.
func BeforeConnClose(_ *hook.Call, c *kafka.Conn) { loop.Close(c) }
