// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"context"
	"reflect"
	"strings"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// message is what is needed of jetstream.Msg: a program may have nats.go without
// package jetstream.
type message interface {
	Headers() nats.Header
	Subject() string
	Reply() string
}

// BeforeNext is where an iterator of package jetstream, or a consumer, is asked for
// the next message.
func BeforeNext(call *hook.Call, of any, _ any) { asks(call, of) }

// BeforeNext0 is BeforeNext where there are no options.
func BeforeNext0(call *hook.Call, of any) { asks(call, of) }

// AfterNext is where it is handed out.
func AfterNext(call *hook.Call, of, _ any, m any, err error) { next(call, of, m, err) }

// AfterNext0 is AfterNext where there are no options.
func AfterNext0(call *hook.Call, of any, m any, err error) { next(call, of, m, err) }

func next(call *hook.Call, of, m any, err error) {
	if handedOut, ok := m.(message); ok && err == nil {
		handed(call, of, m, from(nil, nil, handedOut.Subject(), handedOut.Reply()), handedOut.Headers())
	}
}

// BeforeConsumerNext is BeforeNext of a consumer, which fetches a batch of one.
func BeforeConsumerNext(call *hook.Call, of any, _ any) {
	if asks(call, of); call.Data() != nil {
		nexts.Enter()
	}
}

// AfterConsumerNext is where it is handed out.
func AfterConsumerNext(call *hook.Call, of, _ any, m any, err error) {
	if call.Data() != nil {
		nexts.Leave()
	}
	next(call, of, m, err)
}

// BeforeCleanup is where an iterator that was stopped hands out nothing more.
func BeforeCleanup(_ *hook.Call, of any) { loop.Close(of) }

// BeforeAck begins the span of an acknowledgement, of whichever kind.
func BeforeAck(call *hook.Call, m *nats.Msg, kind []byte, _, _ any) {
	if m != nil {
		acknowledge(call, nil, m, from(nil, m.Sub, m.Subject, m.Reply), m.Header, kind)
	}
}

// BeforeAckOfMsg is BeforeAck for a jetstream.Msg.
func BeforeAckOfMsg(call *hook.Call, m any, ctx context.Context, kind, _, _ any) {
	if m, ok := m.(message); ok && !reflect.ValueOf(m).IsNil() {
		acknowledge(call, ctx, m, from(nil, nil, m.Subject(), m.Reply()), m.Headers(), reflect.ValueOf(kind).Bytes())
	}
}

// acknowledgement is one that is under way.
type acknowledgement struct {
	messaging.Call
	message any
}

// acknowledge is for what settles the message: not for what says that it is being
// worked on.
func acknowledge(call *hook.Call, ctx context.Context, m any, at messaging.Destination, headers nats.Header, kind []byte) {
	name := strings.ToLower(strings.Trim(string(kind), "+-"))
	if name == "wpi" || current.Suppressed() || system.Skips(ctx, trace.SpanKindClient) {
		return
	}
	a := &acknowledgement{message: messaging.Identity(m)}
	system.Settle(&a.Call, ctx, name, at, 1, received(headers), nil)
	call.SetData(a)
}

// AfterAck ends it, and the processing of a message that was pulled.
func AfterAck(call *hook.Call, err error) {
	a, ok := call.Data().(*acknowledgement)
	if !ok {
		return
	}
	if a.End(failureOf(call, err)); err == nil {
		loop.SettledBySome(a.message)
	}
}
