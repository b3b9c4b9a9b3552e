// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// streams is JetStream by its own package.
func streams(nc *nats.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	js, err := jetstream.New(nc)
	check(err)
	stream, err := js.CreateStream(ctx, jetstream.StreamConfig{Name: "NEW", Subjects: []string{"new.>"}})
	check(err)
	for i := 0; i < 4; i++ {
		_, err := js.Publish(ctx, "new.order", []byte("7"))
		check(err)
	}
	future, err := js.PublishAsync("new.order", []byte("8"))
	check(err)
	<-future.Ok()
	consumer := func(name string) jetstream.Consumer {
		c, err := stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{Durable: name, AckPolicy: jetstream.AckExplicitPolicy, MaxAckPending: 1})
		check(err)
		return c
	}

	done := make(chan string)
	left := 5
	consuming, err := consumer("consumes").Consume(func(m jetstream.Msg) {
		check(m.DoubleAck(ctx))
		if left--; left == 0 {
			close(done)
		}
	})
	check(err)
	<-done
	consuming.Stop()
	fmt.Println("consumed")

	iterator, err := consumer("iterates").Messages()
	check(err)
	for i := 0; i < 2; i++ {
		m, err := iterator.Next()
		check(err)
		check(nc.Publish("shop.iterated", m.Data()))
		check(m.DoubleAck(ctx))
		check(nc.Publish("shop.acknowledged", nil))
		fmt.Println("iterated", m.Ack())
	}
	iterator.Stop()

	one := consumer("one")
	m, err := one.Next()
	check(err)
	check(m.InProgress())
	check(m.Term())
	fmt.Println("one", m.Subject())
	check(js.DeleteStream(ctx, "NEW"))
}
