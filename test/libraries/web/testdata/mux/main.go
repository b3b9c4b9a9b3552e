// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/users/{id:[0-9]+}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "user", mux.Vars(r)["id"])
	})
	r.HandleFunc("/fail", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "sorry", 500) })
	r.HandleFunc("/client-mistake", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "what?", 400) })
	r.HandleFunc("/panic", func(w http.ResponseWriter, r *http.Request) { panic("out of cheese") })
	r.PathPrefix("/api/v1").Subrouter().HandleFunc("/items/{item}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "item", mux.Vars(r)["item"])
	})
	ask(serve(recovering(r)))
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

func serve(handler http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, handler)
	return listener.Addr().String()
}

// ask sends the requests one after the other, then some at once.
func ask(address string) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func(method, path string) string {
		req, err := http.NewRequest(method, "http://"+address+path, nil)
		if err != nil {
			return err.Error()
		}
		resp, err := client.Do(req)
		if err != nil {
			return "no answer"
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return err.Error()
		}
		return resp.Status + " " + strings.TrimSpace(string(body))
	}
	for _, r := range []string{"GET /users/7", "POST /users/7", "GET /nowhere", "GET /fail", "GET /client-mistake",
		"GET /panic", "GET /api/v1/items/3"} {
		method, path, _ := strings.Cut(r, " ")
		fmt.Println(r, "->", get(method, path))
	}
	var group sync.WaitGroup
	for i := 0; i < 3; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			get("GET", "/users/7")
		}()
	}
	group.Wait()
}
