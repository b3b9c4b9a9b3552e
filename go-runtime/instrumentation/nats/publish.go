// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"context"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var system = messaging.New("nats", "otel.runtime/nats", "nats", "github.com/nats-io/nats.go")

// BeforePublish begins the span of a message that is published. It is the before
// hook of (*Conn).publish, which all messages go through.
func BeforePublish(call *hook.Call, nc *nats.Conn, subject, _ string, headers *[]byte, body []byte) {
	begin(call, nc, nil, "publish", subject, headers, body)
}

// BeforePublishValidated is BeforePublish where a reply's subject may be validated.
func BeforePublishValidated(call *hook.Call, nc *nats.Conn, subject, _ string, _ bool, headers *[]byte, body []byte) {
	begin(call, nc, nil, "publish", subject, headers, body)
}

// BeforeRequest begins the span of a request, which ends with the reply.
func BeforeRequest(call *hook.Call, nc *nats.Conn, subject string, headers *[]byte, body []byte, _ any) {
	begin(call, nc, nil, "request", subject, headers, body)
}

// BeforeRequestWithContext is BeforeRequest for a request with a context.
func BeforeRequestWithContext(call *hook.Call, nc *nats.Conn, ctx context.Context, subject string, headers *[]byte, body []byte) {
	if ctx != nil {
		begin(call, nc, ctx, "request", subject, headers, body)
	}
}

func begin(call *hook.Call, nc *nats.Conn, ctx context.Context, name, subject string, headers *[]byte, body []byte) {
	if nc == nil || system.Off || isOwn(subject) {
		return
	}
	if current.Suppressed() {
		messaging.PassOn(ctx, 1, headersFor(nc, subject, headers, body))
		return
	}
	if system.Within() || system.Skips(ctx, trace.SpanKindProducer) {
		return
	}
	c := &messaging.Call{}
	system.Send(c, ctx, name, destination(nc, subject), 1, headersFor(nc, subject, headers, body), func(to []attribute.KeyValue) []attribute.KeyValue {
		if id := (encoded{headers: headers}).Get(nats.MsgIdHdr); id != "" {
			to = append(to, messaging.MessageID.String(id))
		}
		return to
	})
	c.Push()
	call.SetData(c)
}

// AfterPublish ends the span of a message that is published.
func AfterPublish(call *hook.Call, err error) { end(call, err) }

// AfterRequest ends the span of a request.
func AfterRequest(call *hook.Call, _ any, err error) { end(call, err) }

func end(call *hook.Call, err error) {
	if c, ok := call.Data().(*messaging.Call); ok {
		c.End(failureOf(call, err))
	}
}
