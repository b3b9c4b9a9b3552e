// SPDX-License-Identifier: Apache-2.0

// Program shop uses franz-go as programs do, one thing after the other, and prints what
// comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

const secret = "planted-secret-4711"

var (
	broker = "127.0.0.1:" + os.Getenv("PORT")
	ctx    = context.Background()
)

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// counting is a hook of the program's own.
type counting struct{ buffered, unbuffered, headers atomic.Int32 }

func (c *counting) OnProduceRecordBuffered(r *kgo.Record) {
	c.buffered.Add(1)
	c.headers.Add(int32(len(r.Headers)))
}

func (c *counting) OnProduceRecordUnbuffered(*kgo.Record, error) { c.unbuffered.Add(1) }

func client(options ...kgo.Opt) *kgo.Client {
	cl, err := kgo.NewClient(append([]kgo.Opt{kgo.SeedBrokers(broker)}, options...)...)
	check(err)
	return cl
}

func order(topic, value string, headers ...kgo.RecordHeader) *kgo.Record {
	return &kgo.Record{Topic: topic, Key: []byte("key " + secret), Value: []byte(value + " " + secret), Headers: headers}
}

func main() {
	counted := &counting{}
	cl := client(kgo.WithHooks(counted), kgo.RequiredAcks(kgo.AllISRAcks()), kgo.ProducerLinger(0), kgo.ProducerBatchMaxBytes(2000))
	produce(cl)
	fmt.Println("buffered:", buffered(cl))
	fmt.Println("hooks:", counted.buffered.Load(), counted.unbuffered.Load(), counted.headers.Load())
	partition(cl)
	group(cl)
	open()
	check(cl.ProduceSync(ctx, order("shipped", "within")).FirstErr())
	cl.Close()
	fmt.Println("done")
}

func produce(cl *kgo.Client) {
	one := order("orders", "one", kgo.RecordHeader{Key: "shop", Value: []byte(secret)})
	check(cl.ProduceSync(ctx, one).FirstErr())
	fmt.Println("headers of the program's own:", len(one.Headers), one.Offset)
	done := make(chan error)
	cl.Produce(ctx, order("orders", "two"), func(r *kgo.Record, err error) {
		fmt.Println("promise:", len(r.Headers))
		done <- err
	})
	check(<-done)
	check(cl.ProduceSync(ctx, order("orders", "three", kgo.RecordHeader{Key: "traceparent", Value: []byte("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")})).FirstErr())
	check(cl.ProduceSync(ctx, &kgo.Record{Topic: "orders", Key: []byte("gone")}).FirstErr())
	check(cl.ProduceSync(ctx, &kgo.Record{Topic: "orders", Value: make([]byte, 1890)}).FirstErr())
	fmt.Println("large:", errors.Is(cl.ProduceSync(ctx, &kgo.Record{Topic: "orders", Value: make([]byte, 3000)}).FirstErr(), kerr.MessageTooLarge))
	fmt.Println("broken:", errors.Is(cl.ProduceSync(ctx, order("broken", "too large")).FirstErr(), kerr.MessageTooLarge))
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	fmt.Println("canceled:", errors.Is(cl.ProduceSync(canceled, order("orders", "canceled")).FirstErr(), context.Canceled))
}

// buffered is how many bytes of records a client has that aren't written, where it tells.
func buffered(cl any) int64 {
	if counts, ok := cl.(interface{ BufferedProduceBytes() int64 }); ok {
		return counts.BufferedProduceBytes()
	}
	return 0
}

// partition is polled record by record, and all at once.
func partition(cl *kgo.Client) {
	r := client(kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{"orders": {0: kgo.NewOffset().At(0)}}))
	for i := 0; i < 2; i++ {
		for _, record := range r.PollRecords(ctx, 1).Records() {
			check(cl.ProduceSync(ctx, order("paid", "of order")).FirstErr())
			fmt.Println("polled", len(record.Value))
		}
	}
	rest := 0
	for rest < 3 {
		fetches := r.PollFetches(ctx)
		rest += fetches.NumRecords()
		if rest == 3 {
			check(cl.ProduceSync(ctx, order("paid", "of some")).FirstErr())
		}
	}
	soon, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	fmt.Println("empty:", errors.Is(r.PollFetches(soon).Err0(), context.DeadlineExceeded))
	r.Close()
}

// group commits each record, in a goroutine of its own.
func group(cl *kgo.Client) {
	for i := 0; i < 2; i++ {
		check(cl.ProduceSync(ctx, order("groups", "one")).FirstErr())
	}
	r := client(kgo.ConsumerGroup("shippers"), kgo.ConsumeTopics("groups"), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.DisableAutoCommit())
	for i := 0; i < 2; i++ {
		for _, record := range r.PollRecords(ctx, 1).Records() {
			done := make(chan bool)
			go func() {
				defer close(done)
				check(cl.ProduceSync(record.Context, order("shipped", "it")).FirstErr())
				check(r.CommitRecords(ctx, record))
			}()
			<-done
			check(cl.ProduceSync(ctx, order("shipped", "committed")).FirstErr())
		}
	}
	check(r.CommitUncommittedOffsets(ctx))
	r.Close()
}

// open is in the midst of a record when the process ends.
func open() {
	last = client(kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{"paid": {0: kgo.NewOffset().At(0)}}))
	fmt.Println("open", last.PollRecords(ctx, 1).NumRecords())
}

var last *kgo.Client
