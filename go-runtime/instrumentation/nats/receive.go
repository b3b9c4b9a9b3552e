// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"context"
	"time"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/propagation"

	"otel.runtime/conventions/messaging"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
)

// loop has the processing of what subscriptions and iterators have handed out.
var loop = messaging.NewPullLoop(system)

// asks is where a goroutine asks a subscription, or an iterator, for more: not where
// the client itself waits for the reply to a request.
func asks(call *hook.Call, of any) {
	if pull := loop.Asks(of); pull != nil {
		call.SetData(pull)
	}
}

// handed is where it has been given a message.
func handed(call *hook.Call, of, m any, at messaging.Destination, headers nats.Header) {
	if pull, ok := call.Data().(*messaging.Pull); ok && !(pull.Passes() && len(headers) == 0) {
		loop.Hands(pull, of, messaging.Identity(m), "receive", "process", at, 1, received(headers), nil)
	}
}

// BeforeNextMsg is where NextMsg begins.
func BeforeNextMsg(call *hook.Call, sub *nats.Subscription, _ time.Duration) { asks(call, sub) }

// BeforeNextMsgWithContext is where NextMsgWithContext begins, or, inside of it, a
// step of Fetch.
func BeforeNextMsgWithContext(call *hook.Call, sub *nats.Subscription, _ context.Context, fetches bool, _ any) {
	if !fetches {
		asks(call, sub)
	}
}

// BeforeNextMsgNoTimeout is where an iterator of a subscription asks for more.
func BeforeNextMsgNoTimeout(call *hook.Call, sub *nats.Subscription) { asks(call, sub) }

// AfterNextMsg, and the hooks that follow, are where a message is handed out. A
// reply to a request isn't.
func AfterNextMsg(call *hook.Call, sub *nats.Subscription, _ any, m *nats.Msg, err error) {
	nextMsg(call, sub, m, err)
}

func AfterNextMsgWithContext(call *hook.Call, sub *nats.Subscription, _, _, _ any, m *nats.Msg, err error) {
	nextMsg(call, sub, m, err)
}

func AfterNextMsgNoTimeout(call *hook.Call, sub *nats.Subscription, m *nats.Msg, err error) {
	nextMsg(call, sub, m, err)
}

func nextMsg(call *hook.Call, sub *nats.Subscription, m *nats.Msg, err error) {
	if err == nil && m != nil && !isInbox(nil, m.Subject) {
		handed(call, sub, m, from(nil, sub, m.Subject, m.Reply), m.Header)
	}
}

// BeforeUnsubscribe is where a subscription hands out nothing more.
func BeforeUnsubscribe(_ *hook.Call, sub *nats.Subscription) { loop.Close(sub) }

// BeforeRemove is the same, with the connection's lock.
func BeforeRemove(_ *hook.Call, _ any, sub *nats.Subscription) { loop.CloseApart(sub) }

// AfterClose is where no subscription of a connection hands out more.
func AfterClose(*hook.Call) {
	loop.CloseIf(func(of any) bool {
		sub, ok := of.(*nats.Subscription)
		return ok && !sub.IsValid()
	})
}

// BeforeFetch is where a batch of JetStream's messages is asked for.
func BeforeFetch(call *hook.Call, sub *nats.Subscription, _ int, _ any) { asks(call, sub) }

// AfterFetch is where it is handed out.
func AfterFetch(call *hook.Call, sub *nats.Subscription, _, _ any, all []*nats.Msg, _ error) {
	pull, ok := call.Data().(*messaging.Pull)
	if !ok || len(all) == 0 {
		return
	}
	at := from(nil, sub, all[0].Subject, all[0].Reply)
	headers := func(i int) propagation.TextMapCarrier { return carrier.AnyCase(all[i].Header) }
	for _, m := range all[1:] {
		if m.Subject != at.Name {
			at.Name = "" // sub.Subject is an inbox
		}
	}
	var only any
	if len(all) == 1 {
		only = messaging.Identity(all[0])
	}
	loop.Hands(pull, sub, only, "fetch", "process", at, len(all), headers, nil)
}
