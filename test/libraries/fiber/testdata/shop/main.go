// SPDX-License-Identifier: Apache-2.0

// Program shop serves with fiber as programs do, asks itself, and prints the answers.
// What fiber and fasthttp use again is overwritten whenever a handler has returned.
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

	"github.com/valyala/fasthttp/fasthttpadaptor"
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
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go work()
	address := "http://" + ln.Addr().String()

	app := newApp(failing)
	app.Use(poisoning, recovering)
	app.Get("/users/:id", func(c ctx) error { return c.SendString("user " + c.Params("id")) })
	app.Get("/fail", func(c ctx) error { return errors.New("no database") })
	app.Get("/client-mistake", func(c ctx) error { return refused{} })
	app.Get("/panic", func(c ctx) error { panic("out of cheese") })
	app.Get("/files/*", func(c ctx) error { return c.SendString("file " + c.Params("*")) })
	app.Get("/optional/:what?", func(c ctx) error { return c.SendString("maybe " + c.Params("what")) })
	app.Post("/big", func(c ctx) error { return c.Send(c.Body()) })
	app.Get("/both/:id", func(c ctx) error { return c.Next() })
	app.Get("/both/:id<int>", func(c ctx) error { return c.SendString("both " + c.Params("id")) })
	app.Get("/contexts", contexts)
	app.Get("/asks", func(c ctx) error {
		code, body := get(address + "/users/8")
		return c.SendString(fmt.Sprint(code, " ", body))
	})
	app.Get("/stream", func(c ctx) error {
		requestCtx(c).SetBodyStreamWriter(func(w *bufio.Writer) { fmt.Fprint(w, "streamed") })
		return nil
	})
	fromHTTP := fasthttpadaptor.NewFastHTTPHandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, inStock(r.Context())) })
	app.Get("/net-http/*", func(c ctx) error {
		fromHTTP(requestCtx(c))
		return nil
	})
	api := app.Group("/api", func(c ctx) error {
		if c.Get("X-Wish") == "none" {
			return c.SendStatus(401)
		}
		return c.Next()
	})
	api.Group("/v1").Get("/items/:item", func(c ctx) error { return c.SendString("item " + c.Params("item")) })
	sub := newApp(failing)
	sub.Get("/shops/:shop", func(c ctx) error { return c.SendString("shop " + c.Params("shop")) })
	mount(app, "/sub", sub)
	go listen(app, ln)

	for _, target := range []string{"GET /users/7", "HEAD /users/7", "POST /users/7", "GET /nowhere", "GET /fail", "GET /client-mistake", "GET /panic",
		"GET /files/a/b", "GET /optional/", "GET /optional/1", "GET /both/7", "GET /contexts", "GET /asks", "GET /stream", "GET /net-http/a",
		"GET /api/v1/items/3", "GET /api/v1/nowhere", "GET /sub/shops/1", "WISH /users/7", "GET /users/7?page=2&token=" + secret} {
		method, path, _ := strings.Cut(target, " ")
		fmt.Println(method, strings.Split(path, "?")[0], "->", ask(method, address+path, "", nil))
	}
	fmt.Println("refused ->", ask("GET", address+"/api/v1/items/3", "none", nil))
	fmt.Println("big ->", len(ask("POST", address+"/big", "", strings.NewReader(strings.Repeat("x", 1<<20)))))
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := 0; n < 3; n++ {
				ask("GET", address+"/users/many", "", nil)
			}
		}()
	}
	group.Wait()
	check(app.Shutdown())
	fmt.Println("done")
}

// refused is an error that the error handler has a status for.
type refused struct{}

func (refused) Error() string { return "what?" }

func failing(c ctx, err error) error {
	if err == (refused{}) {
		return c.Status(400).SendString("refused")
	}
	return c.Status(codeOf(err)).SendString("sorry: " + err.Error())
}

// contexts has spans in the contexts of c: here, in a goroutine of its own, and in one
// that was there before.
func contexts(c ctx) error {
	answers := []string{inStock(itself(c)), inStock(requestCtx(c)), inStock(own(c))}
	setOwn(c, context.WithValue(own(c), key{}, "mine"))
	for _, of := range []context.Context{itself(c), requestCtx(c), own(c)} {
		j := job{of, make(chan string)}
		jobs <- j
		answers = append(answers, <-j.done)
	}
	started := make(chan string)
	go func() { started <- inStock(context.Background()) }()
	c.Locals("a", "local")
	return c.SendString(fmt.Sprint(append(answers, <-started), own(c).Value(key{}), c.Locals("a"), itself(c).Value("a"), own(c).Err()))
}

// poisoning overwrites what the handlers were lent.
func poisoning(c ctx) error {
	err := c.Next()
	h := &requestCtx(c).Request.Header
	for _, lent := range [][]byte{h.RequestURI(), h.UserAgent(), h.Host(), h.Peek("Traceparent"), requestCtx(c).Path()} {
		if err == nil {
			for i := range lent {
				lent[i] = '#'
			}
		}
	}
	return err
}

func ask(method, url, wish string, body io.Reader) string {
	request, err := http.NewRequest(method, url, body)
	check(err)
	request.Header.Set("X-Wish", wish)
	response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: len(url)%2 == 0}}).Do(request)
	check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	check(err)
	return response.Status + " " + strings.TrimSpace(string(text))
}
