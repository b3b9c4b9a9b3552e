// SPDX-License-Identifier: Apache-2.0

// Service takes an order and ships it, over Acme's queue. Nothing in it
// imports telemetry.
package main

import (
	"context"
	"fmt"

	"acme.example/sdk/queue"
)

func main() {
	client := queue.Dial("broker.acme.example")
	client.Subscribe("orders", func(ctx context.Context, m *queue.Message) error {
		return client.Publish(ctx, &queue.Message{Topic: "shipping", Body: m.Body})
	})
	client.Subscribe("shipping", ship)
	if err := client.Publish(context.Background(), &queue.Message{Topic: "orders", Body: []byte("42")}); err != nil {
		panic(err)
	}
	client.Close()
}

func ship(_ context.Context, m *queue.Message) error {
	return pack(string(m.Body))
}

//otel:span "pack the parcel" order.id=order
func pack(order string) error {
	fmt.Println("shipping order", order)
	return nil
}
