// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/julienschmidt/httprouter"
)

// early is a router that is made before any hook's package is.
var early = func() *httprouter.Router {
	r := httprouter.New()
	r.GET("/early/:what", func(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
		fmt.Fprintln(w, "early", ps.ByName("what"))
	})
	return r
}()

func main() {
	r := httprouter.New()
	user := func(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
		fmt.Fprintln(w, "user", ps.ByName("id"))
	}
	r.GET("/users/:id", user)
	r.GET("/fail", func(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) { http.Error(w, "sorry", 500) })
	r.Handler("GET", "/client-mistake", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, "what?", 400) }))
	r.GET("/panic", func(http.ResponseWriter, *http.Request, httprouter.Params) { panic("out of cheese") })
	r.HandlerFunc("GET", "/slow", func(w http.ResponseWriter, r *http.Request) {
		wait(r)
		fmt.Fprintln(w, "at last")
	})
	r.POST("/big", func(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {
		w.Header().Set("Content-Type", "text/plain")
		io.Copy(w, r.Body)
	})
	r.GET("/api/v1/items/:item", func(w http.ResponseWriter, _ *http.Request, ps httprouter.Params) {
		fmt.Fprintln(w, "item", ps.ByName("item"))
	})
	r.ServeFiles("/files/*filepath", http.Dir("."))
	if handle, ps, _ := r.Lookup("GET", "/users/7"); handle == nil || ps.ByName("id") != "7" {
		panic("a handle that is looked up is another")
	}
	func() {
		defer func() { fmt.Println("registered twice:", recover() != nil) }()
		r.GET("/users/:id", user)
	}()

	recovers := httprouter.New()
	recovers.PanicHandler = func(w http.ResponseWriter, _ *http.Request, value interface{}) {
		http.Error(w, fmt.Sprint("handled ", value), 500)
	}
	recovers.GET("/panics", func(http.ResponseWriter, *http.Request, httprouter.Params) { panic("for the PanicHandler") })
	recovers.NotFound = http.HandlerFunc(http.StripPrefix("/below", r).ServeHTTP) // of the type that old releases have
	more(recovers)
	more(early)
	run(recovering(r))
}

// more asks for what is only here.
func more(handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	c := client{address: server.URL, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	for _, path := range []string{"/panics", "/below/users/9", "/below/files/main.go", "/below/users/9/", "/early/bird"} {
		fmt.Println("GET", path, "->", c.ask(context.Background(), "GET", path, nil))
	}
}

// recovering answers 500 for a handler that panics.
func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				http.Error(w, "recovered", 500)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
