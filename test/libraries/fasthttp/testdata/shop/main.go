// SPDX-License-Identifier: Apache-2.0

// Program shop serves and asks with fasthttp as programs do, one thing after the
// other, and prints what comes of it. What fasthttp uses again is overwritten
// whenever a handler returns.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
	"github.com/valyala/fasthttp/fasthttpadaptor"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func main() {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	address := ln.Addr().String()
	s := &shop{address: address, jobs: make(chan job)}
	go s.work()
	server := &fasthttp.Server{Handler: poisoned(s.serve), Logger: quiet{}, StreamRequestBody: true}
	go server.Serve(ln)

	s.ask()
	s.clients()
	s.hijack()
	s.panics()
	s.many()
	check(server.Shutdown())
	fmt.Println("closed:", status(fasthttp.Do(request("GET", "http://"+address+"/late"), &fasthttp.Response{})))
	fmt.Println("done")
}

type quiet struct{}

func (quiet) Printf(string, ...interface{}) {}

type shop struct {
	address string
	jobs    chan job
}

// job is work for a goroutine that was there before the request.
type job struct {
	ctx  context.Context
	done chan string
}

func (s *shop) work() {
	for j := range s.jobs {
		j.done <- s.inStock(j.ctx, "by-worker")
	}
}

// inStock has a span, whose parent is that of ctx. (net/http would look at ctx when
// the request that it is of is over, also in a plain build.)
//
//otel:span
func (s *shop) inStock(ctx context.Context, what string) string { return "in stock " + what }

// poisoned overwrites what a handler is lent once that has returned.
func poisoned(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		next(ctx)
		if ctx.LastTimeoutErrorResponse() != nil {
			return
		}
		h := &ctx.Request.Header
		for _, lent := range [][]byte{h.RequestURI(), h.Peek("X-Wish"), h.UserAgent(), h.Peek("Traceparent"), ctx.Path(), ctx.QueryArgs().QueryString()} {
			for i := range lent {
				lent[i] = '#'
			}
		}
	}
}

func (s *shop) serve(ctx *fasthttp.RequestCtx) {
	ctx.Response.Header.Set("X-Answer", "one")
	switch path := string(ctx.Path()); {
	case strings.HasPrefix(path, "/users/"):
		fmt.Fprintf(ctx, "user %s", path[len("/users/"):])
	case path == "/context":
		// The context of the request, here, in a goroutine of its own, and in one
		// that was there before.
		ctx.SetUserValue("own", "value")
		derived := context.WithValue(context.Context(ctx), "more", 1)
		answers := []string{s.inStock(ctx, "here"), s.inStock(derived, "derived")}
		started := make(chan string)
		go func() { started <- s.inStock(context.Background(), "started") }()
		answers = append(answers, <-started)
		j := job{derived, make(chan string)}
		s.jobs <- j
		answers = append(answers, <-j.done)
		values := 0
		ctx.VisitUserValuesAll(func(_, _ interface{}) { values++ })
		fmt.Fprint(ctx, answers, ctx.Value("own"), derived.Value("more"), ctx.Value("none"), ctx.Err(), values)
	case path == "/passed-on":
		var response fasthttp.Response
		r := request("GET", "http://"+s.address+"/users/8")
		r.Header.Set("X-Wish", "passed on")
		err := fasthttp.Do(r, &response)
		fmt.Fprint(ctx, response.StatusCode(), string(response.Body()), err, len(r.Header.Peek("traceparent")))
	case path == "/fail":
		ctx.Error("sorry", 500)
	case path == "/stream":
		ctx.SetBodyStreamWriter(func(w *bufio.Writer) {
			for i := 0; i < 3; i++ {
				fmt.Fprintln(w, "part", i)
				w.Flush()
			}
		})
	case path == "/big":
		ctx.SetBody(ctx.PostBody())
	case path == "/redirect":
		ctx.Redirect("/users/9", 302)
	case path == "/net-http":
		fasthttpadaptor.NewFastHTTPHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, s.inStock(r.Context(), "adapted"))
		}))(ctx)
	case path == "/slow":
		fasthttp.TimeoutHandler(func(ctx *fasthttp.RequestCtx) {
			<-late
			fmt.Fprint(ctx, "late")
			left <- s.inStock(ctx, "too-late")
		}, 50*time.Millisecond, "out of time")(ctx)
	case path == "/hijack":
		ctx.SetStatusCode(101)
		ctx.Hijack(func(c net.Conn) { fmt.Fprintln(c, "yours") })
	default:
		ctx.NotFound()
	}
}

var late, left = make(chan bool), make(chan string)

func request(method, uri string) *fasthttp.Request {
	r := fasthttp.AcquireRequest()
	r.Header.SetMethod(method)
	r.SetRequestURI(uri)
	return r
}

func status(err error) string {
	if err == nil {
		return "ok"
	}
	return "refused: " + fmt.Sprint(strings.Contains(err.Error(), "refused") || errors.Is(err, io.EOF))
}

func (s *shop) ask() {
	for _, target := range []string{"GET /users/7", "POST /users/7", "GET /nowhere", "GET /fail", "HEAD /users/7", "GET /context", "GET /passed-on",
		"GET /stream", "GET /redirect", "GET /net-http", "WISH /users/%41", "GET /users/7?token=" + secret + "&page=2"} {
		method, path, _ := strings.Cut(target, " ")
		r, response := request(method, "http://me:"+secret+"@"+s.address+path), fasthttp.AcquireResponse()
		r.Header.Set("X-Wish", "a wish")
		check(fasthttp.Do(r, response))
		fmt.Println(method, strings.Split(path, "?")[0], "->", response.StatusCode(), strings.TrimSpace(string(response.Body())), len(r.Header.Peek("Traceparent")))
		fasthttp.ReleaseRequest(r)
		fasthttp.ReleaseResponse(response)
	}
	r, response := request("POST", "http://"+s.address+"/big"), &fasthttp.Response{}
	r.SetBodyString(strings.Repeat("x", 1<<20))
	check(fasthttp.Do(r, response))
	fmt.Println("big ->", len(response.Body()))

	check(fasthttp.Do(request("GET", "http://"+s.address+"/slow"), response))
	fmt.Println("slow ->", response.StatusCode(), string(response.Body()))
	late <- true
	fmt.Println("left:", <-left)
	fmt.Println("slow client ->", fasthttp.DoTimeout(request("GET", "http://"+s.address+"/slow"), response, time.Nanosecond))
}

func (s *shop) clients() {
	host := &fasthttp.HostClient{Addr: s.address}
	code, body, err := host.Get(nil, "http://elsewhere.example:8080/users/1")
	fmt.Println("host client ->", code, string(body), err)
	balanced := &fasthttp.LBClient{Clients: []fasthttp.BalancingClient{host}}
	var response fasthttp.Response
	fmt.Println("balanced ->", balanced.Do(request("GET", "http://elsewhere.example:8080/users/2"), &response), response.StatusCode())
	pipeline := &fasthttp.PipelineClient{Addr: s.address, Logger: quiet{}}
	fmt.Println("pipeline ->", pipeline.Do(request("GET", "/users/3"), &response))
	fmt.Println("pipeline ->", pipeline.Do(request("GET", "http://elsewhere.example:8080/users/3?page=1"), &response), string(response.Body()))
	fmt.Println("pipeline ->", pipeline.DoTimeout(request("GET", "http://elsewhere.example:8080/users/4"), &response, 10*time.Second), string(response.Body()))
	r := request("GET", "http://"+s.address+"/redirect")
	fmt.Println("redirected ->", fasthttp.DoRedirects(r, &response, 3), string(response.Body()))
	r = request("GET", "http://"+s.address+"/users/5")
	r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	fmt.Println("the program's own ->", fasthttp.Do(r, &response), string(r.Header.Peek("Traceparent")))
	fmt.Println("without a response ->", fasthttp.Do(request("GET", "http://"+s.address+"/users/6"), nil))
	fmt.Println("no scheme ->", fasthttp.Do(request("GET", "ftp://"+s.address+"/"), &response))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	check(ln.Close())
	fmt.Println("nobody ->", status(fasthttp.Do(request("GET", "http://"+ln.Addr().String()+"/"), &response)))
}

// hijack takes a connection over.
func (s *shop) hijack() {
	c, err := net.Dial("tcp", s.address)
	check(err)
	fmt.Fprintf(c, "GET /hijack HTTP/1.1\r\nHost: shop.example:80\r\n\r\n")
	text, err := io.ReadAll(c)
	check(err)
	fmt.Println("hijacked ->", strings.Fields(string(text))[1], strings.HasSuffix(string(text), "yours\n"))
	check(c.Close())
}

// panics has a handler that panics, which who serves the connection recovers.
func (s *shop) panics() {
	client, served := net.Pipe()
	go fmt.Fprintf(client, "GET http://shop.example:80/panic?a=b#c HTTP/1.0\r\nHost: other.example\r\n\r\n")
	defer func() { fmt.Println("recovered:", recover()) }()
	server := &fasthttp.Server{Handler: func(ctx *fasthttp.RequestCtx) {
		ctx.SetStatusCode(201)
		panic("out of stock")
	}}
	check(server.ServeConn(served))
}

// many has requests served on the same memory, some at once.
func (s *shop) many() {
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := 0; n < 3; n++ {
				r, response := request("GET", "http://"+s.address+"/users/many"), fasthttp.AcquireResponse()
				r.Header.Set("X-Wish", "many")
				check(fasthttp.Do(r, response))
				fasthttp.ReleaseRequest(r)
				fasthttp.ReleaseResponse(response)
			}
		}()
	}
	group.Wait()
}
