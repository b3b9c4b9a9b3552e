// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"bufio"
	"fmt"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/spantest"
)

func TestEncodedHeaders(t *testing.T) {
	for _, test := range []struct{ before, get, after string }{
		{"", "", "NATS/1.0\r\ntraceparent: new\r\n\r\n"},
		{"NATS/1.0\r\nA: b\r\n\r\n", "", "NATS/1.0\r\nA: b\r\ntraceparent: new\r\n\r\n"},
		{"NATS/1.0\r\nTraceparent:old\r\nA: b:c\r\nTRACEPARENT: older\r\n\r\n", "old", "NATS/1.0\r\nA: b:c\r\ntraceparent: new\r\n\r\n"},
		{"NATS/1.0 503\r\n\r\n", "", "NATS/1.0 503\r\n\r\n"},
		{"NATS/1.0\r\nbroken", "", "NATS/1.0\r\ntraceparent: new\r\n\r\n"},
	} {
		before := []byte(test.before)
		of := before
		headers := encoded{&of, 100}
		if got := headers.Get("traceparent"); got != test.get {
			t.Errorf("%q: has %q", test.before, got)
		}
		headers.Set("traceparent", "new")
		if string(of) != test.after || string(before) != test.before {
			t.Errorf("%q: %q", test.before, of)
		}
	}
	of := []byte(nil)
	headers := encoded{&of, len("NATS/1.0\r\na: b\r\n\r\n")}
	headers.Set("a", "bc")
	headers.Set("a", "b\n")
	if of != nil {
		t.Errorf("no room, or no header: %q", of)
	}
	if headers.Set("a", "b"); len(propagation.TextMapCarrier(headers).Keys()) != 1 {
		t.Errorf("%q", of)
	}
}

// asker is the program's, and has methods of such names.
type asker struct{ asked int }

func (a *asker) respHandler(*nats.Msg)      { a.asked++ }
func (a *asker) handleAsyncReply(*nats.Msg) { a.asked++ }

func TestCallbacksOfTheProgram(t *testing.T) {
	a := &asker{}
	for _, callback := range []nats.MsgHandler{a.respHandler, a.handleAsyncReply, func(*nats.Msg) {}} {
		if takesReplies(callback) {
			t.Error("one that is the program's is the client's")
		}
	}
}

// connect is a connection to a server that says hello, and nothing more.
func connect(t *testing.T, info string) *nats.Conn {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		fmt.Fprintf(c, "INFO %s\r\n", info)
		for lines := bufio.NewScanner(c); lines.Scan(); {
			if lines.Text() == "PING" {
				fmt.Fprint(c, "PONG\r\n")
			}
		}
	}()
	nc, err := nats.Connect("nats://"+listener.Addr().String(), nats.NoReconnect())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

// What is put into a store may be as long as the program has said: there is no room
// for headers.
func TestHeadersOfWhatIsPublished(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	for _, info := range []string{`{"headers":true,"max_payload":1048576}`, `{"max_payload":1048576}`} {
		nc := connect(t, info)
		for subject, has := range map[string]bool{"shop.order": true, "$KV.prices.seven": false, "$O.files.C.x": false, "$JS.API.INFO": false} {
			var call hook.Call
			var headers []byte
			BeforePublish(&call, nc, subject, "", &headers, nil)
			AfterPublish(&call, nil)
			if (len(headers) > 0) != (has && nc.HeadersSupported()) {
				t.Errorf("%s: %s: %q", info, subject, headers)
			}
		}
	}
}

// What a pull subscription has for its subject is an inbox of its own, which is no
// name: there is one for each.
func TestFetchOfSeveralSubjects(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	sub := &nats.Subscription{Subject: "_INBOX.made.up.*"}
	message := func(subject string) *nats.Msg {
		return &nats.Msg{Sub: sub, Subject: subject, Reply: "$JS.ACK.ORDERS.billing.1.2.3.4.5"}
	}
	for _, test := range []struct{ second, name, destination string }{{"f.b", "fetch", ""}, {"f.a", "fetch f.a", "f.a"}} {
		var call hook.Call
		BeforeFetch(&call, sub, 2, nil)
		AfterFetch(&call, sub, 2, nil, []*nats.Msg{message("f.a"), message(test.second)}, nil)
		BeforeUnsubscribe(nil, sub)
		spans := ended()
		fetched, processed := spans[len(spans)-2], spans[len(spans)-1]
		if fetched.Name() != test.name || processed.Name() != strings.Replace(test.name, "fetch", "process", 1) {
			t.Errorf("%s: %s, %s", test.second, fetched.Name(), processed.Name())
		}
		spantest.Has(t, fetched.Attributes(), map[attribute.Key]string{"messaging.destination.name": test.destination, "messaging.destination.template": "",
			"messaging.destination.subscription.name": "billing", "messaging.batch.message_count": "2"})
	}
}

// hand has a subscription hand out a message.
func hand(sub *nats.Subscription, m *nats.Msg) {
	var call hook.Call
	BeforeNextMsg(&call, sub, 0)
	AfterNextMsg(&call, sub, nil, m, nil)
}

// A subscription ends with its connection, by what it may have, and by being drained.
func TestSubscriptionsThatEnd(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	nc := connect(t, `{"headers":true,"max_payload":1048576}`)
	var subs []*nats.Subscription
	for i := 0; i < 3; i++ {
		sub, err := nc.SubscribeSync("shop.order")
		if err != nil {
			t.Fatal(err)
		}
		subs = append(subs, sub)
		hand(sub, &nats.Msg{Subject: "shop.order"})
	}
	processed := func() (n int) {
		for _, s := range ended() {
			if s.Name() == "process shop.order" {
				n++
			}
		}
		return n
	}
	if AfterClose(nil); processed() != 0 {
		t.Error("another connection's have ended")
	}
	BeforeRemove(nil, nil, subs[0])
	for deadline := time.Now().Add(10 * time.Second); processed() == 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if processed() != 1 {
		t.Errorf("%d have ended with one", processed())
	}
	nc.Close()
	if AfterClose(nil); processed() != 3 {
		t.Errorf("%d have ended with the connection", processed())
	}
	runtime.KeepAlive(subs)
}

// An acknowledgement ends the message that it is for, on whatever goroutine.
func TestAcknowledgementOfOne(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	one, other := &nats.Subscription{}, &nats.Subscription{}
	first, second := &nats.Msg{Subject: "a", Reply: "r"}, &nats.Msg{Subject: "b", Reply: "r"}
	hand(one, first)
	hand(other, second)
	done := make(chan bool)
	go func() {
		defer close(done)
		var call hook.Call
		BeforeAck(&call, first, []byte("+ACK"), nil, nil)
		AfterAck(&call, nil)
	}()
	<-done
	spans := ended()
	if last := spans[len(spans)-1]; last.Name() != "process a" {
		t.Errorf("%s has ended", last.Name())
	}
	loop.Close(other)
	runtime.KeepAlive(one)
}

// Without an SDK what came with a message goes on with what its callback sends.
func TestCallbackWhereNothingIsTraced(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	for _, headers := range []nats.Header{nil, {"traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}} {
		var call hook.Call
		(&traced{nil, nil}).begins(&call, &nats.Msg{Subject: "shop.order", Header: headers})
		c, _ := call.Data().(*messaging.Call)
		if (c != nil) != (headers != nil) || c != nil && trace.SpanContextFromContext(c.Context).SpanID().String() != "b7ad6b7169203331" {
			t.Errorf("%v: %v", headers, c)
		}
		ended(&call)
	}
}

func TestNextMsgWhereNothingIsTraced(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	sub, m := &nats.Subscription{}, &nats.Msg{Subject: "shop.order"}
	if n := testing.AllocsPerRun(100, func() {
		var call hook.Call
		BeforeNextMsg(&call, sub, 0)
		AfterNextMsg(&call, sub, nil, m, nil)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestWhereMessagesComeFrom(t *testing.T) {
	for _, test := range []struct{ subscribed, reply, template string }{
		{"shop.*", "", "shop.*"},
		{"shop.order", "", ""},
		{"_INBOX.x.*", "", ""},
		{"deliver.*", "$JS.ACK.ORDERS.billing.1.2.3.4.5", ""}, // where a consumer delivers to
	} {
		at := from(nil, &nats.Subscription{Subject: test.subscribed, Queue: "ships"}, "shop.order", test.reply)
		if at.Template != test.template || at.Name != "shop.order" || at.Group != "ships" {
			t.Errorf("%s: %+v", test.subscribed, at)
		}
	}
}

func TestSubjects(t *testing.T) {
	for subject, want := range map[string]string{"shop.order": "", "$KV.prices.seven.a": "$KV.prices.>", "$O.files.C.x": "$O.files.>"} {
		if got := templateOf(subject); got != want {
			t.Errorf("%s: %q", subject, got)
		}
	}
	for subject, own := range map[string]bool{"$JS.API.INFO": true, "$SYS.x": true, "$KV.a": false, "JS.API": false, "shop": false} {
		if isOwn(subject) != own {
			t.Error(subject)
		}
	}
	for reply, want := range map[string]string{
		"":                                       "",
		"_INBOX.x":                               "",
		"$JS.ACK.ORDERS.billing.1.2.3.4.5":       "billing",
		"$JS.ACK.hub.ab12.ORDERS.pays.1.2.3.4.5": "pays",
		"$JS.ACK.hub.ab12.ORDERS.pays.1.2.3.4.5.x": "pays",
	} {
		if got := consumerOf(reply); got != want {
			t.Errorf("%s: %q", reply, got)
		}
	}
	for url, want := range map[string]string{"nats://me:secret@h:4222": "h", "nats://me:s@cret@h:4222": "h", "tls://[::1]:1": "::1", "h:2": "h", "": "", "ws://h:80/path": "h"} {
		if host, _ := serverOf(url); host != want {
			t.Errorf("%s: %q", url, host)
		}
	}
}
