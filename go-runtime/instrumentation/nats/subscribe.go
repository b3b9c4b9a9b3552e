// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"reflect"
	"runtime"
	"strings"

	"github.com/nats-io/nats.go"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

// BeforeSubscribe has a subscription's callback be called by traced. It is the
// before hook of (*Conn).subscribeLocked, which holds the connection's lock.
func BeforeSubscribe(_ *hook.Call, nc *nats.Conn, _, _ string, callback *nats.MsgHandler, _, _, _, _ any) {
	subscribe(nc, callback)
}

// BeforeSubscribe3 is BeforeSubscribe where three more parameters follow.
func BeforeSubscribe3(_ *hook.Call, nc *nats.Conn, _, _ string, callback *nats.MsgHandler, _, _, _ any) {
	subscribe(nc, callback)
}

func subscribe(nc *nats.Conn, callback *nats.MsgHandler) {
	if nc == nil || system.Off || *callback == nil || takesReplies(*callback) {
		return
	}
	*callback = (&traced{nc, *callback}).call
}

// takesReplies reports whether a callback is the client's own, by which it receives
// replies to requests and acknowledgements.
func takesReplies(callback nats.MsgHandler) bool {
	f := runtime.FuncForPC(reflect.ValueOf(callback).Pointer())
	return f != nil && strings.HasPrefix(f.Name(), "github.com/nats-io/nats") && // and %2ego
		(strings.HasSuffix(f.Name(), ".respHandler-fm") || strings.HasSuffix(f.Name(), ".handleAsyncReply-fm"))
}

// traced is the callback of a subscription with a span around it.
type traced struct {
	nc   *nats.Conn
	next nats.MsgHandler
}

// call is what the callback becomes when it is woven: ends finds a panic by the
// frame that holds the hook.Call.
func (t *traced) call(m *nats.Msg) {
	var call hook.Call
	defer ended(&call)
	t.begins(&call, m)
	t.next(m)
}

func (t *traced) begins(call *hook.Call, m *nats.Msg) {
	defer hook.Contain("nats_subscribe", "process")
	if current.Suppressed() && !current.Off() || m == nil || isOwn(m.Subject) || isStatus(m) || templateOf(m.Subject) != "" {
		return
	}
	if current.Off() && len(m.Header) == 0 {
		return
	}
	c := &messaging.Call{}
	system.Process(c, nil, "process", from(t.nc, m.Sub, m.Subject, m.Reply), 1, received(m.Header), nil)
	call.SetData(c)
}

func ended(call *hook.Call) {
	defer hook.Contain("nats_subscribe", "process")
	if c, ok := call.Data().(*messaging.Call); ok {
		defer c.Unwind()
		c.End(instrumentation.FailureOfCall(call, nil))
	}
}

// isStatus reports whether a message is the server's word on the subscription.
func isStatus(m *nats.Msg) bool {
	return len(m.Data) == 0 && len(m.Header["Status"]) > 0
}
