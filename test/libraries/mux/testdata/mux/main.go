// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"net/http"

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
	r.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		wait(r)
		fmt.Fprintln(w, "at last")
	})
	r.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.Copy(w, r.Body)
	})
	r.PathPrefix("/api/v1").Subrouter().HandleFunc("/items/{item}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "item", mux.Vars(r)["item"])
	})
	run(recovering(r))
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
