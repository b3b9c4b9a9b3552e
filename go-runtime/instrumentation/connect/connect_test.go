// SPDX-License-Identifier: Apache-2.0

package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"testing"

	"connectrpc.com/connect"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/conventions/rpc"
	"otel.runtime/internal/spantest"
)

// conn is a stream of nothing.
type conn struct {
	connect.StreamingClientConn
	err error // of all that is asked
}

func (c conn) Peer() connect.Peer         { return connect.Peer{Addr: "shop:80"} }
func (c conn) Send(any) error             { return c.err }
func (c conn) Receive(any) error          { return c.err }
func (c conn) CloseResponse() error       { return c.err }
func (c conn) RequestHeader() http.Header { return http.Header{} }

// A stream's span ends once, by whatever ends the stream first.
func TestStreamEnds(t *testing.T) {
	refused := connect.NewError(connect.CodeUnavailable, errors.New("refused"))
	for name, test := range map[string]struct {
		err  error
		do   func(connect.StreamingClientConn, context.CancelFunc)
		code string
	}{
		"end":     {io.EOF, func(c connect.StreamingClientConn, _ context.CancelFunc) { c.Receive(nil); c.CloseResponse() }, "OK"},
		"closed":  {nil, func(c connect.StreamingClientConn, _ context.CancelFunc) { c.Receive(nil); c.CloseResponse() }, "OK"},
		"failed":  {refused, func(c connect.StreamingClientConn, _ context.CancelFunc) { c.Receive(nil); c.CloseResponse() }, "UNAVAILABLE"},
		"unsent":  {refused, func(c connect.StreamingClientConn, _ context.CancelFunc) { c.Send(nil) }, "UNAVAILABLE"},
		"left":    {nil, func(_ connect.StreamingClientConn, cancel context.CancelFunc) { cancel() }, "CANCELLED"},
		"wrapped": {fmt.Errorf("read: %w", context.DeadlineExceeded), func(c connect.StreamingClientConn, _ context.CancelFunc) { c.Receive(nil) }, "DEADLINE_EXCEEDED"},
	} {
		t.Run(name, func(t *testing.T) {
			spans := spantest.Record(t, sdk.AlwaysSample())
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			open := interceptor{}.WrapStreamingClient(func(context.Context, connect.Spec) connect.StreamingClientConn { return conn{err: test.err} })
			stream := open(ctx, connect.Spec{Procedure: "/shop.Orders/List"})
			if len(spans()) != 0 {
				t.Fatal("it has ended before")
			}
			test.do(stream, cancel)
			for len(spans()) == 0 { // a context tells of its end on another goroutine
				runtime.Gosched()
			}
			span := spantest.Only(t, spans)
			spantest.Has(t, span.Attributes(), map[attribute.Key]string{"rpc.response.status_code": test.code, "server.address": "shop"})
		})
	}
}

// OTEL_GO_RPC_EXCLUDE is of Connect's services and methods too.
func TestExcluded(t *testing.T) {
	spans := spantest.Record(t, sdk.AlwaysSample())
	defer rpc.Exclude("grpc.health.v1.Health,shop.Orders/List")()
	for procedure, want := range map[string]int{"/grpc.health.v1.Health/Check": 0, "/shop.Orders/List": 0, "/shop.Orders/Get": 2} {
		before := len(spans())
		open := interceptor{}.WrapStreamingClient(func(context.Context, connect.Spec) connect.StreamingClientConn { return conn{} })
		open(context.Background(), connect.Spec{Procedure: procedure}).CloseResponse()
		if _, end := serve(context.Background(), procedure, "", "", http.Header{}); end != nil {
			end(nil, true)
		}
		if got := len(spans()) - before; got != want {
			t.Errorf("%s: %d spans", procedure, got)
		}
	}
}
