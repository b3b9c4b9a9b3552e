// SPDX-License-Identifier: Apache-2.0

// Package connect2 has the hooks of connectrpc.com/connect/v2: a CLIENT span for each
// call and a SERVER span for each handler, unary and streams. rulesets/connect2 says
// where each is called.
package connect2

import (
	"context"
	"errors"

	"connectrpc.com/connect/v2"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/hook"
)

var system = rpc.NewSystem("connectrpc", "otel.runtime/connect", "connect", "connectrpc.com/connect")

// Methods are those that a server has, by their procedures. The rule connect2_methods
// sets it.
var Methods func(server *connect.Server) map[string]connect.Method

// BeforeCall begins the SERVER span of a call, around the program's interceptors and
// the handler. It is the before hook of (*Server).Call, which all transports call.
func BeforeCall(call *hook.Call, server *connect.Server, ctx *context.Context, procedure string, info *connect.CallInfo, _ any) {
	if server == nil || *ctx == nil || system.SkipsCall(*ctx, trace.SpanKindServer, procedure) {
		return
	}
	by := rpc.Served{Method: procedure}
	if Methods != nil {
		_, known := Methods(server)[procedure]
		by.Unknown = !known
	}
	if info != nil {
		by.Host, by.Peer, by.Headers = info.RequestHeader().Get("Host"), info.PeerAddr, headers{info.RequestHeader()}
	}
	c := &rpc.Call{}
	system.Serve(c, *ctx, by)
	*ctx = c.Context
	call.SetData(c)
}

// AfterCall ends it.
func AfterCall(call *hook.Call, err error) {
	c, ok := call.Data().(*rpc.Call)
	if !ok {
		return
	}
	if value, panicked := call.Panic(); panicked {
		c.Panics(value)
		return
	}
	c.Ends(statusOf(err))
}

// statusOf is the status that connect makes of an error.
func statusOf(err error) (code rpc.Code, message string) {
	var known *connect.Error
	switch {
	case err == nil || isNotModified(err):
		return 0, ""
	case errors.As(err, &known) && known != nil:
		return rpc.Code(known.Code()), known.Message()
	case errors.Is(err, context.Canceled):
		return rpc.Code(connect.CodeCanceled), err.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return rpc.Code(connect.CodeDeadlineExceeded), err.Error()
	}
	return rpc.Code(connect.CodeUnknown), err.Error()
}

// isNotModified is connecthttp.IsNotModifiedError: what stands for a GET's answer that
// the client has already.
func isNotModified(err error) bool {
	for err != nil {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error() == "not modified"
		}
		err = next
	}
	return false
}

// headers are a call's, for propagators.
type headers struct{ *connect.Header }

func (h headers) Keys() (keys []string) {
	for key := range h.All() {
		keys = append(keys, key)
	}
	return keys
}
