// SPDX-License-Identifier: Apache-2.0

// Program shop uses segmentio/kafka-go as programs do, one thing after the other, and
// prints what comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/segmentio/kafka-go"
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

func main() {
	write()
	failures()
	async()
	read()
	group()
	client()
	conn()
	open()
	fmt.Println("done")
}

func writer(topic string) *kafka.Writer {
	return &kafka.Writer{Addr: kafka.TCP(broker), Topic: topic, BatchTimeout: time.Millisecond, RequiredAcks: kafka.RequireAll}
}

func order(value string, headers ...kafka.Header) kafka.Message {
	return kafka.Message{Key: []byte("key " + secret), Value: []byte(value + " " + secret), Headers: headers}
}

// write sends one message, several at once, and ones that carry something already.
func write() {
	w := writer("orders")
	one := []kafka.Message{order("one", kafka.Header{Key: "shop", Value: []byte(secret)})}
	check(w.WriteMessages(ctx, one...))
	fmt.Println("headers of the program's own:", len(one[0].Headers))
	check(w.WriteMessages(ctx, order("two"), order("three")))
	check(w.WriteMessages(ctx, order("four", kafka.Header{Key: "traceparent", Value: []byte("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")})))
	check(w.WriteMessages(ctx, kafka.Message{Key: []byte("gone")}))
	fits := writer("orders")
	fits.BatchBytes = 500
	check(fits.WriteMessages(ctx, kafka.Message{Value: make([]byte, 460)}))
	check(fits.Close())
	check(w.WriteMessages(ctx))
	check(w.Close())
	fmt.Println("closed:", w.WriteMessages(ctx, order("late")))
}

// failures are those that the caller sees.
func failures() {
	w := writer("broken")
	w.MaxAttempts = 1
	err := w.WriteMessages(ctx, order("too large"), order("too large too"))
	var all kafka.WriteErrors
	fmt.Println(errors.As(err, &all), len(all), errors.Is(all[0], kafka.MessageSizeTooLarge))
	check(w.Close())
	small := writer("orders")
	small.BatchBytes = 100
	var large kafka.MessageTooLargeError
	fmt.Println(errors.As(small.WriteMessages(ctx, kafka.Message{Value: make([]byte, 1000)}), &large))
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	slow := writer("async")
	slow.BatchTimeout = 100 * time.Millisecond
	fmt.Println(slow.WriteMessages(canceled, order("canceled")) != nil)
	check(slow.Close())
	check(small.Close())
}

// async has a writer whose callers see no failure.
func async() {
	results := make(chan string, 10)
	for _, topic := range []string{"async", "broken"} {
		w := writer(topic)
		w.Async, w.MaxAttempts = true, 1
		w.Completion = func(messages []kafka.Message, err error) {
			results <- fmt.Sprint(topic, " ", len(messages), " ", errors.Is(err, kafka.MessageSizeTooLarge))
		}
		w.BatchTimeout = 20 * time.Millisecond
		check(w.WriteMessages(ctx, order("one"), order("two")))
		fmt.Println(<-results)
		check(w.Close())
	}
}

// read is a reader of a partition: each message is passed on.
func read() {
	w := writer("paid")
	r := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{broker}, Topic: "orders", MaxWait: 10 * time.Millisecond})
	for i := 0; i < 6; i++ {
		m, err := r.ReadMessage(ctx)
		check(err)
		fmt.Println("read", len(m.Value))
		if i < 2 {
			check(w.WriteMessages(ctx, kafka.Message{Value: m.Value}))
		}
	}
	check(w.WriteMessages(ctx, kafka.Message{Value: []byte("again")}))
	soon, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	for {
		if _, err := r.ReadMessage(soon); err != nil {
			fmt.Println(errors.Is(err, context.DeadlineExceeded))
			break
		}
	}
	check(r.Close())
	_, err := r.ReadMessage(ctx)
	fmt.Println(errors.Is(err, io.EOF))
	check(w.WriteMessages(ctx, kafka.Message{Value: []byte("after")}))
	check(w.Close())
}

// group is a reader of a group that commits by itself, and one whose caller does, in
// another goroutine and more at once.
func group() {
	w := writer("groups")
	for i := 0; i < 6; i++ {
		check(w.WriteMessages(ctx, kafka.Message{Value: []byte{byte('0' + i)}}))
	}
	shipped := writer("shipped")
	r := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{broker}, Topic: "groups", GroupID: "shippers", MaxWait: 10 * time.Millisecond, StartOffset: kafka.FirstOffset})
	m, err := r.ReadMessage(ctx)
	check(err)
	check(shipped.WriteMessages(ctx, kafka.Message{Value: m.Value}))
	fmt.Println("group read", string(m.Value))
	for i := 0; i < 2; i++ {
		m, err = r.FetchMessage(ctx)
		check(err)
		check(shipped.WriteMessages(ctx, kafka.Message{Value: m.Value}))
		check(r.CommitMessages(ctx, m))
		check(shipped.WriteMessages(ctx, kafka.Message{Value: []byte("committed")}))
		fmt.Println("group fetched", string(m.Value))
	}
	m, err = r.FetchMessage(ctx)
	check(err)
	done := make(chan bool)
	go func() {
		defer close(done)
		check(shipped.WriteMessages(ctx, kafka.Message{Value: m.Value}))
		check(r.CommitMessages(ctx, m))
	}()
	<-done
	check(shipped.WriteMessages(ctx, kafka.Message{Value: []byte("after its goroutine")}))
	var all []kafka.Message
	for i := 0; i < 2; i++ {
		m, err = r.FetchMessage(ctx)
		check(err)
		all = append(all, m)
	}
	check(r.CommitMessages(ctx, all...))
	check(r.Close())
	fmt.Println("group closed")
	check(shipped.Close())
	check(w.Close())
}

// client is what is beneath readers and writers.
func client() {
	c := &kafka.Client{Addr: kafka.TCP(broker), Timeout: 10 * time.Second}
	produced, err := c.Produce(ctx, &kafka.ProduceRequest{Topic: "clients", RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(
		kafka.Record{Value: kafka.NewBytes([]byte("one"))}, kafka.Record{Value: kafka.NewBytes([]byte("two"))})})
	check(err)
	fmt.Println("produced", produced.Error, produced.BaseOffset)
	broken, err := c.Produce(ctx, &kafka.ProduceRequest{Topic: "broken", RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(kafka.Record{Value: kafka.NewBytes([]byte("one"))})})
	check(err)
	fmt.Println("broken", errors.Is(broken.Error, kafka.MessageSizeTooLarge))
	fetched, err := c.Fetch(ctx, &kafka.FetchRequest{Topic: "clients", Offset: 0, MinBytes: 1, MaxBytes: 1 << 20, MaxWait: 10 * time.Millisecond})
	check(err)
	n := 0
	for {
		if _, err := fetched.Records.ReadRecord(); err != nil {
			break
		}
		n++
	}
	fmt.Println("fetched", n, fetched.Error)
}

func conn() {
	c, err := kafka.DialLeader(ctx, "tcp", broker, "conns", 0)
	check(err)
	all := []kafka.Message{{Value: []byte("one")}, {Value: []byte("two")}}
	_, err = c.WriteMessages(all...)
	check(err)
	fmt.Println("has a time:", !all[0].Time.IsZero(), "headers:", len(all[0].Headers))
	check(c.SetReadDeadline(time.Now().Add(10 * time.Second)))
	_, err = c.Seek(0, kafka.SeekAbsolute)
	check(err)
	for i := 0; i < 2; i++ {
		m, err := c.ReadMessage(1 << 20)
		check(err)
		fmt.Println("conn", string(m.Value))
	}
	check(c.Close())
	_, err = c.WriteMessages(kafka.Message{Value: []byte("late")})
	var of net.Error
	fmt.Println(errors.As(err, &of))
}

// open is in the midst of a message when the process ends.
func open() {
	r := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{broker}, Topic: "shipped", MaxWait: 10 * time.Millisecond})
	_, err := r.FetchMessage(ctx)
	check(err)
	last = r
}

var last *kafka.Reader
