// SPDX-License-Identifier: Apache-2.0

// Program otelfiber has servers that otelfiber instruments, and prints the spans that
// the providers have got.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"

	"github.com/gofiber/contrib/otelfiber/v2"
	"github.com/gofiber/fiber/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// recorder prints spans as they end.
type recorder struct {
	name string
	mu   sync.Mutex
}

func (r *recorder) OnStart(context.Context, sdk.ReadWriteSpan) {}
func (r *recorder) OnEnd(s sdk.ReadOnlySpan) {
	r.mu.Lock()
	defer r.mu.Unlock()
	parent := "none"
	if s.Parent().IsValid() {
		if parent = s.Parent().SpanID().String(); !s.Parent().IsRemote() {
			parent = "one of here"
		}
	}
	fmt.Printf("%s: %s %q below %s, %d attributes of otelfiber's, %d events, %v\n", r.name, s.SpanKind(), s.Name(), parent, theirs(s), len(s.Events()), s.Status().Code)
}
func (r *recorder) Shutdown(context.Context) error   { return nil }
func (r *recorder) ForceFlush(context.Context) error { return nil }

// theirs is how many attributes are of the conventions that otelfiber follows.
func theirs(s sdk.ReadOnlySpan) (n int) {
	for _, a := range s.Attributes() {
		switch a.Key {
		case "http.method", "http.status_code", "http.url", "http.scheme", "http.route":
			n++
		}
	}
	return n
}

func main() {
	otel.SetTextMapPropagator(propagation.TraceContext{})
	global := sdk.NewTracerProvider(sdk.WithSpanProcessor(&recorder{name: "global"}))
	passed := sdk.NewTracerProvider(sdk.WithSpanProcessor(&recorder{name: "passed"}))
	otel.SetTracerProvider(global)
	serve("global", otelfiber.Middleware())
	serve("passed", otelfiber.Middleware(otelfiber.WithTracerProvider(passed)))
}

func serve(name string, middleware fiber.Handler) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(middleware)
	tracer := otel.Tracer("program")
	app.Get("/users/:id", func(c *fiber.Ctx) error {
		_, span := tracer.Start(c.UserContext(), "work of "+name)
		defer span.End()
		return c.SendString("user " + c.Params("id"))
	})
	app.Get("/fail", func(c *fiber.Ctx) error { return errors.New("no database") })
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go app.Listener(ln)
	for _, path := range []string{"/users/7", "/fail"} {
		conn, err := net.Dial("tcp", ln.Addr().String())
		check(err)
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: shop.example:80\r\nConnection: close\r\nTraceparent: 00-0102030405060708090a0b0c0d0e0f10-0102030405060708-01\r\n\r\n", path)
		answer, err := io.ReadAll(conn)
		check(err)
		fmt.Println(path, "->", string(answer[9:12]))
	}
	check(app.Shutdown())
}
