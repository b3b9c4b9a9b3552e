// SPDX-License-Identifier: Apache-2.0

// What the programs of the frameworks have in common: a server, and a client of
// it that prints the answers.

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"time"
)

// run serves with the handler and asks it: one request after the other, then
// some at once, then one too late; before all that, without a server.
func run(handler http.Handler) {
	unserved(handler)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := &http.Server{Handler: handler}
	go server.Serve(listener)
	c := client{
		address: "http://" + listener.Addr().String(),
		http:    &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
	}
	c.impatient()
	for _, request := range []string{"GET /users/7", "POST /users/7", "GET /nowhere", "GET /fail",
		"GET /client-mistake", "GET /panic", "GET /api/v1/items/3"} {
		method, path, _ := strings.Cut(request, " ")
		fmt.Println(request, "->", c.ask(context.Background(), method, path, nil))
	}
	big := strings.Repeat("x", 1<<20)
	fmt.Println("big ->", len(c.ask(context.Background(), "POST", "/big", strings.NewReader(big))))
	c.address = strings.Replace(c.address, "http://", "http://user:"+secret+"@", 1)
	fmt.Println("secret ->", c.ask(context.Background(), "GET", "/users/7?token="+secret, nil))
	fmt.Println("nil context ->", c.ask(nil, "GET", "/users/7", nil))
	var group sync.WaitGroup
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			c.ask(context.Background(), "GET", "/users/7", nil)
		}()
	}
	group.Wait()
	server.Close()
	fmt.Println("closed ->", c.ask(context.Background(), "GET", "/users/8", nil))
}

// unserved calls the handler as a program's own tests do.
func unserved(handler http.Handler) {
	serve := func(request *http.Request) {
		defer func() { fmt.Println("unserved panics:", recover()) }()
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		fmt.Println("unserved:", recorder.Code, recorder.Body)
	}
	serve(httptest.NewRequest("GET", "/users/7", nil))
	serve(httptest.NewRequest("GET", "/fail", nil))
	serve(nil)
}

// A handler that calls wait is left by its client before it answers.
var entered, left = make(chan bool, 1), make(chan bool)

func wait(r *http.Request) {
	entered <- true
	<-r.Context().Done()
	left <- true
}

// secret must not leave in any telemetry.
const secret = "planted-secret-4711"

type client struct {
	address string
	http    *http.Client
}

// impatient lets a request's time run out, and cancels another.
func (c client) impatient() {
	ctx, cancel := context.WithTimeout(context.Background(), 400*time.Millisecond)
	fmt.Println("time-out ->", c.ask(ctx, "GET", "/slow", nil))
	cancel()
	<-entered
	<-left

	ctx, cancel = context.WithCancel(context.Background())
	go func() {
		<-entered
		cancel()
	}()
	fmt.Println("cancelled ->", c.ask(ctx, "GET", "/slow", nil))
	<-left
}

var ports = regexp.MustCompile(`:\d+`)

func (c client) ask(ctx context.Context, method, path string, body io.Reader) string {
	request, err := http.NewRequestWithContext(ctx, method, c.address+path, body)
	if err != nil {
		return err.Error()
	}
	response, err := c.http.Do(request)
	if err != nil {
		return "no answer: " + ports.ReplaceAllString(err.Error(), ":PORT")
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return response.Status + " " + strings.TrimSpace(string(text))
}
