// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// loops pull messages in each way in which a loop may end.
func loops(nc *nats.Conn) {
	steps(nc)
	children(nc)
	drained(nc)
	closed(nc.ConnectedUrl())
	baggage(nc)
	fetched(nc)
	open(nc.ConnectedUrl())
}

func pull(sub *nats.Subscription) *nats.Msg {
	m, err := sub.NextMsg(5 * time.Second)
	check(err)
	return m
}

//otel:span step
func step(nc *nats.Conn, sub *nats.Subscription) {
	m := pull(sub)
	check(nc.Publish("loops.stepped", m.Data))
}

// steps has each message be pulled in a function with a span of its own.
func steps(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("loops.steps")
	check(err)
	for i := 0; i < 3; i++ {
		check(nc.Publish("loops.steps", nil))
	}
	for i := 0; i < 3; i++ {
		step(nc, sub)
	}
	check(sub.Unsubscribe())
}

// children has a goroutine that was started in the midst of a message pull another.
func children(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("loops.children")
	check(err)
	check(nc.Publish("loops.children", []byte("creator")))
	check(nc.Publish("loops.children", []byte("child")))
	pull(sub)
	done := make(chan bool)
	go func() {
		defer close(done)
		pull(sub)
		check(nc.Publish("loops.of.child", nil))
	}()
	<-done
	check(nc.Publish("loops.of.creator", nil))
	check(sub.Unsubscribe())
}

// drained are subscriptions that end by themselves.
func drained(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("loops.drained")
	check(err)
	check(nc.Publish("loops.drained", nil))
	pull(sub)
	check(sub.Drain())
	for sub.IsValid() {
		time.Sleep(time.Millisecond)
	}
	most, err := nc.SubscribeSync("loops.most")
	check(err)
	check(most.AutoUnsubscribe(1))
	check(nc.Publish("loops.most", nil))
	pull(most)
	_, err = most.NextMsg(time.Millisecond)
	fmt.Println("most:", err)
}

func closed(url string) {
	nc, err := nats.Connect(url, nats.UserInfo("shop", secret))
	check(err)
	sub, err := nc.SubscribeSync("loops.closed")
	check(err)
	check(nc.Publish("loops.closed", nil))
	pull(sub)
	nc.Close()
}

// baggage is the program's own header.
func baggage(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("loops.baggage")
	check(err)
	m := nats.NewMsg("loops.baggage")
	m.Header.Set("Baggage", "theirs=1")
	check(nc.PublishMsg(m))
	got := pull(sub)
	fmt.Println(got.Header.Values("Baggage"), got.Header.Values("baggage"))
	check(sub.Unsubscribe())
}

// fetched is a batch of package jetstream.
func fetched(nc *nats.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	js, err := jetstream.New(nc)
	check(err)
	stream, err := js.CreateStream(ctx, jetstream.StreamConfig{Name: "BATCH", Subjects: []string{"batch.>"}})
	check(err)
	for i := 0; i < 2; i++ {
		_, err := js.Publish(ctx, "batch.order", nil)
		check(err)
	}
	consumer, err := stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{Durable: "fetches", AckPolicy: jetstream.AckExplicitPolicy})
	check(err)
	batch, err := consumer.Fetch(2, jetstream.FetchMaxWait(5*time.Second))
	check(err)
	all := 0
	for m := range batch.Messages() {
		check(m.DoubleAck(ctx))
		all++
	}
	fmt.Println("batch", all, batch.Error())
	none, err := consumer.FetchNoWait(2)
	check(err)
	for range none.Messages() {
	}
	fmt.Println("none", none.Error())
	check(js.DeleteStream(ctx, "BATCH"))
}

// open is in the midst of a message when the process ends.
func open(url string) {
	nc, err := nats.Connect(url, nats.UserInfo("shop", secret))
	check(err)
	sub, err := nc.SubscribeSync("loops.open")
	check(err)
	check(nc.Publish("loops.open", nil))
	last = sub
	pull(sub)
}

var last *nats.Subscription
