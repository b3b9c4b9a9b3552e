// SPDX-License-Identifier: Apache-2.0

// Program shop uses nats.go as programs do, one thing after the other, and prints
// what comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func main() {
	nc, err := nats.Connect("nats://127.0.0.1:"+os.Getenv("PORT"), nats.UserInfo("shop", secret))
	check(err)
	callbacks(nc)
	requests(nc)
	pulls(nc)
	handler(nc)
	headers(nc)
	legacy(nc)
	streams(nc)
	loops(nc)
	nc.Close()
	fmt.Println("closed:", nc.Publish("shop.late", nil))
	fmt.Println("done")
}

// callbacks has subscriptions that are called, one of a group, and a handler that
// publishes and one that recovers its own panic.
func callbacks(nc *nats.Conn) {
	done := make(chan string)
	paid, err := nc.Subscribe("shop.paid", func(m *nats.Msg) { done <- "paid " + string(m.Data) })
	check(err)
	ordered, err := nc.Subscribe("shop.order.*", func(m *nats.Msg) { check(nc.Publish("shop.paid", m.Data)) })
	check(err)
	check(nc.Publish("shop.order.7", []byte("7 "+secret)))
	fmt.Println(strings.Fields(<-done))
	for i := 0; i < 2; i++ {
		_, err := nc.QueueSubscribe("shop.ship", "shippers", func(m *nats.Msg) { done <- "shipped" })
		check(err)
	}
	check(nc.Publish("shop.ship", nil))
	fmt.Println(<-done)
	_, err = nc.Subscribe("shop.broken", func(m *nats.Msg) {
		defer func() { done <- fmt.Sprint("recovered ", recover()) }()
		panic("broken")
	})
	check(err)
	check(nc.Publish("shop.broken", nil))
	fmt.Println(<-done)
	check(paid.Unsubscribe())
	check(ordered.Unsubscribe())
}

func requests(nc *nats.Conn) {
	_, err := nc.Subscribe("shop.price", func(m *nats.Msg) { check(m.Respond([]byte("12"))) })
	check(err)
	reply, err := nc.Request("shop.price", []byte("7"), 5*time.Second)
	check(err)
	fmt.Println("price", string(reply.Data))
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	reply, err = nc.RequestWithContext(ctx, "shop.price", []byte("8"))
	check(err)
	fmt.Println("price", string(reply.Data))
	_, err = nc.Request("shop.nobody", nil, time.Second)
	fmt.Println(err, errors.Is(err, nats.ErrNoResponders))
	_, err = nc.RequestWithContext(nil, "shop.nobody", nil)
	fmt.Println(err)
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = nc.RequestWithContext(canceled, "shop.price", nil)
	fmt.Println(err)
	fmt.Println(nc.Publish("", nil))
	old, err := nats.Connect(nc.ConnectedUrl(), nats.UserInfo("shop", secret), nats.UseOldRequestStyle(), nats.CustomInboxPrefix("_INBOXES"))
	check(err)
	defer old.Close()
	_, err = old.Subscribe("shop.old", func(m *nats.Msg) { check(m.Respond([]byte("13"))) })
	check(err)
	reply, err = old.Request("shop.old", []byte("9"), 5*time.Second)
	check(err)
	fmt.Println("price", string(reply.Data))
}

func pulls(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("shop.pulled")
	check(err)
	for i := 0; i < 2; i++ {
		check(nc.Publish("shop.pulled", []byte{byte('0' + i)}))
	}
	for i := 0; i < 2; i++ {
		m, err := sub.NextMsg(5 * time.Second)
		check(err)
		check(nc.Publish("shop.forwarded", m.Data))
		fmt.Println("pulled", string(m.Data))
	}
	_, err = sub.NextMsg(time.Millisecond)
	fmt.Println(err)
	check(nc.Publish("shop.alone", nil))
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err = sub.NextMsgWithContext(ctx)
	fmt.Println(err)
	check(sub.Unsubscribe())
	_, err = sub.NextMsg(time.Millisecond)
	fmt.Println(err)
}

// handler is an HTTP server's that pulls a message, in the trace of its request.
func handler(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("shop.asked")
	check(err)
	check(nc.Publish("shop.asked", nil))
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		_, err := sub.NextMsg(5 * time.Second)
		check(err)
		check(nc.Publish("shop.answered", nil))
		check(sub.Unsubscribe())
	}))
	defer server.Close()
	answer, err := http.Get(server.URL)
	check(err)
	fmt.Println("asked", answer.StatusCode)
}

// headers are the program's own, and those of a trace that it has begun elsewhere;
// and a body that leaves no room for more.
func headers(nc *nats.Conn) {
	sub, err := nc.SubscribeSync("shop.headers")
	check(err)
	m := nats.NewMsg("shop.headers")
	m.Header.Set("Shop", "yes")
	m.Header.Set(nats.MsgIdHdr, "id-1")
	check(nc.PublishMsg(m))
	fmt.Println(len(m.Header))
	got, err := sub.NextMsg(5 * time.Second)
	check(err)
	fmt.Println(got.Header.Get("Shop"))
	m.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	check(nc.PublishMsg(m))
	got, err = sub.NextMsg(5 * time.Second)
	check(err)
	fmt.Println(got.Header.Values("Traceparent"), got.Header.Values("traceparent"))
	check(nc.Publish("shop.headers", make([]byte, nc.MaxPayload())))
	got, err = sub.NextMsg(5 * time.Second)
	check(err)
	fmt.Println(len(got.Data) == int(nc.MaxPayload()), len(got.Header))
	check(sub.Unsubscribe())
}

// legacy is JetStream by package nats.
func legacy(nc *nats.Conn) {
	js, err := nc.JetStream()
	check(err)
	_, err = js.AddStream(&nats.StreamConfig{Name: "OLD", Subjects: []string{"old.>"}})
	check(err)
	for i := 0; i < 3; i++ {
		_, err = js.Publish("old.order", []byte("7"), nats.MsgId(fmt.Sprint("old-", i)))
		check(err)
	}
	sub, err := js.PullSubscribe("old.order", "puller")
	check(err)
	all, err := sub.Fetch(3, nats.MaxWait(5*time.Second))
	check(err)
	for _, m := range all {
		check(m.AckSync())
	}
	fmt.Println("fetched", len(all))
	check(sub.Unsubscribe())
	done := make(chan string)
	push, err := js.Subscribe("old.order", func(m *nats.Msg) {
		check(m.AckSync())
		_, err := m.Metadata()
		done <- fmt.Sprint("pushed ", err)
	}, nats.Durable("pushed"), nats.ManualAck(), nats.MaxAckPending(1))
	check(err)
	for i := 0; i < 3; i++ {
		fmt.Println(<-done)
	}
	check(push.Drain())
	kv, err := js.CreateKeyValue(&nats.KeyValueConfig{Bucket: "prices"})
	check(err)
	_, err = kv.Put("seven", []byte(secret))
	check(err)
	tight, err := js.CreateKeyValue(&nats.KeyValueConfig{Bucket: "tight", MaxValueSize: 8})
	check(err)
	_, err = tight.Put("eight", make([]byte, 8))
	check(err)
	check(js.DeleteKeyValue("tight"))
	entry, err := kv.Get("seven")
	check(err)
	fmt.Println(entry.Key(), entry.Revision())
	check(js.DeleteKeyValue("prices"))
	check(js.DeleteStream("OLD"))
}
