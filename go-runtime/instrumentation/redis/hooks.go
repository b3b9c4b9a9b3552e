// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"context"
	"net"
	"reflect"
	"strings"
	"sync/atomic"

	"otel.runtime/conventions/db"
	"otel.runtime/hook"
)

// BeforeProcess begins the span of a command.
func BeforeProcess(call *hook.Call, _ any, ctx *context.Context, cmd any) {
	beginCommand(call, ctx, cmd)
}

// BeforeProcessWith is BeforeProcess where the innermost function is a parameter.
func BeforeProcessWith(call *hook.Call, _ any, ctx *context.Context, cmd, _ any) {
	beginCommand(call, ctx, cmd)
}

// BeforePipeline begins the span of a pipeline.
func BeforePipeline(call *hook.Call, _ any, ctx *context.Context, cmds any) {
	beginPipeline(call, ctx, "PIPELINE", cmds)
}

// BeforePipelineWith is BeforePipeline where the innermost function is a
// parameter.
func BeforePipelineWith(call *hook.Call, _ any, ctx *context.Context, cmds, _ any) {
	beginPipeline(call, ctx, "PIPELINE", cmds)
}

// BeforeTransaction begins the span of a pipeline between MULTI and EXEC.
func BeforeTransaction(call *hook.Call, _ any, ctx *context.Context, cmds any) {
	beginPipeline(call, ctx, "MULTI", cmds)
}

// BeforeTransactionWith is BeforeTransaction where the innermost function is a
// parameter.
func BeforeTransactionWith(call *hook.Call, _ any, ctx *context.Context, cmds, _ any) {
	beginPipeline(call, ctx, "MULTI", cmds)
}

// AfterProcess ends the span of a command.
func AfterProcess(call *hook.Call, err error) { end(call, failureOf(err)) }

// AfterPipeline ends the span of a pipeline. What is returned may be a redis.Nil
// in front of an error.
func AfterPipeline(call *hook.Call, _, _, cmds any, err error) { endPipeline(call, cmds, err) }

// AfterPipelineWith is AfterPipeline where the innermost function is a parameter.
func AfterPipelineWith(call *hook.Call, _, _, cmds, _ any, err error) { endPipeline(call, cmds, err) }

// failover is what the clients that ask Sentinel have in place of an address.
const failover = "FailoverClient"

// BeforeDial adds an event to the span that waits for the connection.
func BeforeDial(_ *hook.Call, _ any, ctx context.Context, _, address string) {
	if r := runningIn(ctx); r != nil && address != failover {
		var to db.Target
		to.SetServer(address)
		r.span.Event("dial", to.Append(nil)...)
	}
}

// BeforeHandshake keeps what the client sends first on a new connection from
// being traced.
func BeforeHandshake(_ *hook.Call, _ any, ctx *context.Context, _ any) {
	if *ctx != nil && !library.Off {
		*ctx = context.WithValue(*ctx, runningKey{}, (*running)(nil))
	}
}

// AfterGetConn notes which server the operation goes to.
func AfterGetConn(_ *hook.Call, client any, ctx context.Context, conn any, err error) {
	noteServer(&v9, client, ctx, conn, err)
}

// AfterGetConn8 is AfterGetConn for v8.
func AfterGetConn8(_ *hook.Call, client any, ctx context.Context, conn any, err error) {
	noteServer(&v8, client, ctx, conn, err)
}

// BeforePipelineConn notes the server, though not the connection, of a pipeline.
func BeforePipelineConn(_ *hook.Call, client any, ctx context.Context, _ any) {
	noteServer(&v9, client, ctx, nil, nil)
}

func noteServer(w *woven, client any, ctx context.Context, conn any, err error) {
	r := runningIn(ctx)
	if r == nil || w.server == nil {
		return
	}
	address, database := w.server(client)
	found := &place{database: database}
	if address != failover {
		found.server.SetServer(address)
	}
	remote, ok := conn.(interface{ RemoteAddr() net.Addr })
	if ok && err == nil && (found.server.Address == "" || r.span.Recording()) {
		if a := remote.RemoteAddr(); a != nil {
			found.peer.SetServer(a.String())
		}
	}
	if found.server.Address == "" {
		found.server = found.peer
	}
	r.place.Store(found)
	if err == nil {
		known.note(w, client, found.target())
	}
}

// traces is whether the program has added the tracing hook of redisotel.
var traces atomic.Bool

// BeforeAddHook looks at the hooks that the program adds.
func BeforeAddHook(_ *hook.Call, _, added any) {
	t := reflect.TypeOf(added)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t != nil && strings.Contains(t.PkgPath(), "/redisotel") && strings.EqualFold(t.Name(), "tracingHook") {
		traces.Store(true)
	}
}
