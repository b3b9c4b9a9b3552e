// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func main() {
	r := chi.NewRouter()
	r.Use(recovering, copying)
	r.Get("/users/{id:[0-9]+}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "user", chi.URLParam(r, "id"))
	})
	r.Get("/fail", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "sorry", 500) })
	r.Get("/client-mistake", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "what?", 400) })
	r.Get("/panic", func(w http.ResponseWriter, r *http.Request) { panic("out of cheese") })
	r.Get("/slow", func(w http.ResponseWriter, r *http.Request) {
		wait(r)
		fmt.Fprintln(w, "at last")
	})
	r.Post("/big", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.Copy(w, r.Body)
	})
	r.Route("/api", func(r chi.Router) {
		r.Use(copying)
		r.Get("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "the API") })
		r.Mount("/v1", items())
	})
	r.Group(func(r chi.Router) {
		r.Use(logging, middleware.Recoverer, copying)
		r.Get("/recovered", func(w http.ResponseWriter, r *http.Request) { panic("within a group") })
	})
	r.With(copying).Get("/with/{what}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, chi.URLParam(r, "what")) })
	r.Mount("/files", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "file", r.URL.Path) }))
	r.Handle("/old/*", http.StripPrefix("/old", items()))
	more(r)
	run(r)
}

// items is a router of its own, with one below it.
func items() http.Handler {
	r := chi.NewRouter()
	r.Get("/items/{item}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "item", chi.URLParam(r, "item")) })
	r.Route("/shops/{shop}", func(r chi.Router) {
		r.Get("/items/{item}", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintln(w, "item", chi.URLParam(r, "item"), "of", chi.URLParam(r, "shop"))
		})
	})
	return r
}

// more asks for what is only here.
func more(handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	c := client{address: server.URL, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	for _, path := range []string{"/api", "/api/", "/api/v1/shops/7/items/3", "/api/v1/nowhere", "/recovered", "/with/care", "/files/a/b", "/old/shops/1/items/2"} {
		fmt.Println("GET", path, "->", c.ask(context.Background(), "GET", path, nil))
	}
	fmt.Println("PUT /fail ->", c.ask(context.Background(), "PUT", "/fail", nil))
}

// entry is what Recoverer tells of a panic, in the place of stderr.
type entry struct{ middleware.LogEntry }

func (entry) Panic(value interface{}, _ []byte) { fmt.Println("logged:", value) }

func logging(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, middleware.WithLogEntry(r, entry{}))
	})
}

type copiedKey struct{}

// copying has another request, with another context, passed on.
func copying(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), copiedKey{}, true)))
	})
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
