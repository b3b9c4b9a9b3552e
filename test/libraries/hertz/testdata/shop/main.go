// SPDX-License-Identifier: Apache-2.0

// Program shop serves and asks with Hertz as programs do, one thing after the other,
// and prints what comes of it. What Hertz uses again is overwritten whenever the
// handlers have returned.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/client"
	"github.com/cloudwego/hertz/pkg/app/middlewares/server/recovery"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/cloudwego/hertz/pkg/network/standard"
	"github.com/cloudwego/hertz/pkg/protocol"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// job is work for a goroutine that was there before the request.
type job struct {
	ctx  context.Context
	done chan string
}

var jobs = make(chan job)

func work() {
	for j := range jobs {
		j.done <- inStock(j.ctx)
	}
}

//otel:span
func inStock(ctx context.Context) string { return "in stock" }

type key struct{}

func main() {
	hlog.SetOutput(io.Discard)
	go work()
	shop := serve(func(h *server.Hertz) {
		h.Use(poisoning, recovery.Recovery(recovery.WithRecoveryHandler(func(_ context.Context, ctx *app.RequestContext, err interface{}, _ []byte) {
			ctx.String(500, "recovered: %v", err)
		})))
	})
	c, err := client.NewClient(client.WithDialTimeout(10 * time.Second))
	check(err)
	for _, target := range []string{"GET /users/7", "HEAD /users/7", "POST /users/7", "GET /nowhere", "GET /fail", "GET /panic", "GET /files/a/b",
		"GET /contexts", "GET /passed-on", "GET /stream", "GET /redirect", "GET /api/v1/items/3", "WISH /users/%41", "GET /users/7?page=2&token=" + secret} {
		method, path, _ := strings.Cut(target, " ")
		fmt.Println(method, strings.Split(path, "?")[0], "->", ask(c, method, shop+path, nil))
	}
	fmt.Println("big ->", len(ask(c, "POST", shop+"/big", []byte(strings.Repeat("x", 1<<20)))))
	handled := serve(func(h *server.Hertz) {
		h.PanicHandler = func(_ context.Context, ctx *app.RequestContext) { ctx.String(500, "handled") }
		h.Use(poisoning)
	})
	fmt.Println("panic handler ->", ask(c, "GET", handled+"/panic", nil), ask(c, "GET", handled+"/users/8", nil))

	code, body, err := c.Get(context.Background(), nil, shop+"/users/9")
	fmt.Println("get ->", code, string(body), err)
	code, body, err = c.Get(context.Background(), nil, shop+"/redirect")
	fmt.Println("redirected ->", code, string(body), err)
	req, resp := protocol.AcquireRequest(), protocol.AcquireResponse()
	req.SetRequestURI(shop + "/users/5")
	req.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	fmt.Println("the program's own ->", c.Do(context.Background(), req, resp), req.Header.Get("Traceparent"))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	check(ln.Close())
	req.SetRequestURI("http://" + ln.Addr().String() + "/")
	fmt.Println("nobody ->", c.Do(context.Background(), req, resp) != nil)
	req.SetRequestURI("ftp://" + ln.Addr().String() + "/")
	fmt.Println("no scheme ->", c.Do(context.Background(), req, resp) != nil)
	many(c, shop)
	fmt.Println("done")
}

// serve has a server with all routes, and returns its address.
func serve(with func(h *server.Hertz)) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	address := ln.Addr().String()
	check(ln.Close())
	h := server.New(server.WithHostPorts(address), server.WithTransport(standard.NewTransporter), server.WithHandleMethodNotAllowed(true),
		server.WithStreamBody(true), server.WithDisablePrintRoute(true))
	with(h)
	h.GET("/users/:id", user)
	h.HEAD("/users/:id", user)
	h.Handle("WISH", "/users/:id", user)
	h.GET("/fail", func(_ context.Context, ctx *app.RequestContext) {
		ctx.Error(errors.New("no database"))
		ctx.String(500, "sorry")
	})
	h.GET("/panic", func(context.Context, *app.RequestContext) { panic("out of cheese") })
	h.GET("/files/*file", func(_ context.Context, ctx *app.RequestContext) { ctx.String(200, "file "+ctx.Param("file")) })
	h.POST("/big", func(_ context.Context, ctx *app.RequestContext) { ctx.Write(ctx.Request.Body()) })
	h.GET("/contexts", contexts)
	h.GET("/stream", func(_ context.Context, ctx *app.RequestContext) { ctx.SetBodyStream(strings.NewReader("streamed"), -1) })
	h.GET("/redirect", func(_ context.Context, ctx *app.RequestContext) { ctx.Redirect(302, []byte("/users/9")) })
	h.Group("/api").Group("/v1").GET("/items/:item", func(_ context.Context, ctx *app.RequestContext) { ctx.String(200, "item "+ctx.Param("item")) })
	h.NoRoute(func(_ context.Context, ctx *app.RequestContext) { ctx.String(404, "nothing here") })
	h.NoMethod(func(_ context.Context, ctx *app.RequestContext) { ctx.String(405, "not like this") })
	own, err := client.NewClient()
	check(err)
	h.GET("/passed-on", func(c context.Context, ctx *app.RequestContext) {
		code, body, err := own.Get(c, nil, "http://"+address+"/users/8")
		ctx.String(200, "%d %s %v", code, body, err)
	})
	go h.Run()
	for {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			check(conn.Close())
			return "http://" + address
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func user(_ context.Context, ctx *app.RequestContext) {
	ctx.Header("X-Answer", "one")
	ctx.String(200, "user "+ctx.Param("id"))
}

// contexts has spans in the context of the handler: here, in a goroutine of its own,
// and in one that was there before.
func contexts(c context.Context, ctx *app.RequestContext) {
	answers := []string{inStock(c)}
	j := job{context.WithValue(c, key{}, "mine"), make(chan string)}
	jobs <- j
	answers = append(answers, <-j.done)
	started := make(chan string)
	go func() { started <- inStock(context.Background()) }()
	ctx.Set("a", "local")
	ctx.String(200, fmt.Sprint(append(answers, <-started), j.ctx.Value(key{}), ctx.Value("a"), len(ctx.Keys), c.Err()))
}

// poisoning overwrites what the handlers were lent.
func poisoning(c context.Context, ctx *app.RequestContext) {
	defer func() {
		h := &ctx.Request.Header
		for _, lent := range [][]byte{h.RequestURI(), h.UserAgent(), h.Peek("X-Wish"), h.Peek("Traceparent"), ctx.Path(), ctx.URI().QueryString()} {
			for i := range lent {
				lent[i] = '#'
			}
		}
	}()
	ctx.Next(c)
}

func ask(c *client.Client, method, uri string, body []byte) string {
	req, resp := protocol.AcquireRequest(), protocol.AcquireResponse()
	defer protocol.ReleaseRequest(req)
	defer protocol.ReleaseResponse(resp)
	req.SetMethod(method)
	req.SetRequestURI(strings.Replace(uri, "http://", "http://me:"+secret+"@", 1))
	req.Header.Set("X-Wish", "a wish")
	if body != nil {
		req.SetBody(body)
	}
	check(c.Do(context.Background(), req, resp))
	return fmt.Sprint(resp.StatusCode(), " ", strings.TrimSpace(string(resp.Body())), len(req.Header.Peek("Traceparent")))
}

// many has requests served on the same memory, some at once.
func many(c *client.Client, shop string) {
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := 0; n < 3; n++ {
				ask(c, "GET", shop+"/users/many", nil)
			}
		}()
	}
	group.Wait()
}
