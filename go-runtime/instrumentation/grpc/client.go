// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"context"
	"io"
	"reflect"
	"strings"
	"sync/atomic"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/rpc"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/exception"
	"otel.runtime/telemetry/carrier"
)

// calling is one call of a client. It is also the call's context, in which the
// end of a stream finds it.
type calling struct {
	instrumentation.Operation // whose context has the metadata too
	method                    rpc.Method
	endpoint                  string // of the target
	unary                     bool
	ended                     atomic.Bool
}

type callingKey struct{}

func (c *calling) Value(key any) any {
	if _, ours := key.(callingKey); ours {
		return c
	}
	return c.Context.Value(key)
}

// BeforeInvoke starts the CLIENT span of a unary call, around the interceptors
// and retries. It is the before hook of (*ClientConn).Invoke.
func BeforeInvoke(call *hook.Call, cc any, ctx *context.Context, method string, _, _, _ any) {
	start(call, cc, ctx, method, true)
}

// AfterInvoke ends it.
func AfterInvoke(call *hook.Call, err error) {
	c, ok := call.Data().(*calling)
	if !ok {
		return
	}
	c.Leave()
	if _, panicked := call.Panic(); panicked {
		c.abandon(call)
		return
	}
	c.end(err)
}

// BeforeNewStream starts the CLIENT span of a stream. It is the before hook of
// (*ClientConn).NewStream.
func BeforeNewStream(call *hook.Call, cc any, ctx *context.Context, _ any, method string, _ any) {
	start(call, cc, ctx, method, false)
}

// AfterNewStream ends it if there is no stream.
func AfterNewStream(call *hook.Call, _ any, err error) {
	c, ok := call.Data().(*calling)
	if !ok {
		return
	}
	c.Leave()
	if _, panicked := call.Panic(); panicked {
		c.abandon(call)
	} else if err != nil {
		c.end(err)
	}
}

// BeforeFinish ends the span of a stream, when grpc has done with it: its last
// message was received, it has failed, or its context has ended. It is the
// before hook of (*clientStream).finish, which may be called again.
func BeforeFinish(stream any, err error) {
	if StreamContext == nil {
		return
	}
	ctx := StreamContext(stream)
	if ctx == nil {
		return
	}
	if c, ok := ctx.Value(callingKey{}).(*calling); ok && !c.unary {
		if err == io.EOF {
			err = nil
		}
		c.end(err)
	}
}

func start(call *hook.Call, cc any, ctx *context.Context, fullMethod string, unary bool) {
	if library.Off || *ctx == nil || statusOf == nil || reflect.ValueOf(cc).IsNil() {
		return // grpc panics where there is no context or no connection
	}
	if current.Suppressed() {
		passOnCalled(ctx)
		return
	}
	if rpc.Excluded(fullMethod) {
		return
	}
	c := &calling{method: named(fullMethod, true), unary: unary}
	if cc, ok := cc.(interface{ Target() string }); ok {
		c.endpoint = endpoint(cc.Target())
	}
	library.Begin(&c.Operation, *ctx, c.method.Name(), trace.SpanKindClient, func(to []attribute.KeyValue) []attribute.KeyValue {
		return rpc.AppendServer(c.method.Append(to), c.endpoint)
	})
	var headers carrier.Pairs
	otel.GetTextMapPropagator().Inject(c.Context, &headers)
	if len(headers) > 0 {
		c.Context = appendMetadata(c.Context, headers...)
	}
	c.PushContext()
	*ctx = c
	call.SetData(c)
}

// end ends the span with the status of err; the first end counts.
func (c *calling) end(err error) {
	if !c.ended.CompareAndSwap(false, true) {
		return
	}
	number, message := statusOf(err)
	c.finish(rpc.Code(number).Ending(false), message)
}

// abandon ends the span of a call that an interceptor has left by a panic.
func (c *calling) abandon(call *hook.Call) {
	if !c.ended.CompareAndSwap(false, true) {
		return
	}
	value, _ := call.Panic()
	c.finish(rpc.Panicked(exception.PanicType(value)), rpc.ByPanic)
}

func (c *calling) finish(as rpc.Ending, message string) {
	as.Set(c.Span(), message)
	clients.Ended(c.Context, c.Took(), rpc.Measured{Method: c.method, Endpoint: c.endpoint, Ending: as})
	c.Node().EndSpan(c.Span())
}

// endpoint is what a target "scheme://authority/endpoint" or "endpoint" names,
// without a user, who doesn't belong there.
func endpoint(target string) string {
	named := withUser(target)
	if at := strings.LastIndexByte(named, '@'); at >= 0 && !strings.HasPrefix(target, "unix") {
		return named[at+1:]
	}
	return named
}

func withUser(target string) string {
	if scheme := strings.Index(target, "://"); scheme >= 0 {
		rest := target[scheme+len("://"):]
		if strings.HasPrefix(target, "unix:") {
			return rest
		}
		return rest[strings.IndexByte(rest, '/')+1:]
	}
	for _, scheme := range []string{"unix:", "unix-abstract:", "dns:", "passthrough:"} {
		if rest := strings.TrimPrefix(target, scheme); rest != target {
			return rest
		}
	}
	return target
}
