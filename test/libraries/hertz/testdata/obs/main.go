// SPDX-License-Identifier: Apache-2.0

// Program obs has a server and a client that obs-opentelemetry instruments, and prints
// the spans that the program's provider has got.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"sort"
	"sync"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/client"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/cloudwego/hertz/pkg/network/standard"
	"github.com/hertz-contrib/obs-opentelemetry/tracing"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// recorder has the spans that have ended.
type recorder struct {
	mu    sync.Mutex
	spans []sdk.ReadOnlySpan
}

func (r *recorder) OnStart(context.Context, sdk.ReadWriteSpan) {}
func (r *recorder) OnEnd(s sdk.ReadOnlySpan) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spans = append(r.spans, s)
}
func (r *recorder) Shutdown(context.Context) error   { return nil }
func (r *recorder) ForceFlush(context.Context) error { return nil }

func (r *recorder) print() {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := map[trace.SpanID]string{}
	for _, s := range r.spans {
		names[s.SpanContext().SpanID()] = fmt.Sprint(s.SpanKind(), " ", s.Name())
	}
	var lines []string
	for _, s := range r.spans {
		lines = append(lines, fmt.Sprintf("%s %q below %q, %v", s.SpanKind(), s.Name(), names[s.Parent().SpanID()], s.Status().Code))
	}
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
}

func main() {
	hlog.SetOutput(io.Discard)
	spans := &recorder{}
	otel.SetTextMapPropagator(propagation.TraceContext{})
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(spans)))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	address := ln.Addr().String()
	check(ln.Close())
	tracer, config := tracing.NewServerTracer()
	h := server.New(tracer, server.WithHostPorts(address), server.WithTransport(standard.NewTransporter), server.WithDisablePrintRoute(true))
	h.Use(tracing.ServerMiddleware(config))
	h.GET("/users/:id", func(c context.Context, ctx *app.RequestContext) {
		_, span := otel.Tracer("program").Start(c, "work")
		defer span.End()
		ctx.String(200, "user "+ctx.Param("id"))
	})
	go h.Run()
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			check(conn.Close())
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	c, err := client.NewClient()
	check(err)
	c.Use(tracing.ClientMiddleware())
	code, body, err := c.Get(context.Background(), nil, "http://"+address+"/users/7")
	fmt.Println(code, string(body), err)
	for { // the server's span ends after the answer
		spans.mu.Lock()
		n := len(spans.spans)
		spans.mu.Unlock()
		if n >= 3 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	spans.print()
}
