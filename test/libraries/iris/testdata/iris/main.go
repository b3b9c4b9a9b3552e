// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/kataras/iris/v12"
	recovery "github.com/kataras/iris/v12/middleware/recover"
)

func main() {
	app := iris.New()
	app.Logger().SetLevel("disable")
	app.UseRouter(copying)
	app.Get("/users/{id:uint64}", func(c iris.Context) { c.Writef("user %s", c.Params().Get("id")) })
	app.Get("/fail", func(c iris.Context) { c.StopWithError(500, errors.New("no database")) })
	app.Get("/client-mistake", func(c iris.Context) { c.StopWithError(400, errors.New("what?")) })
	app.Get("/panic", func(iris.Context) { panic("out of cheese") })
	app.Get("/slow", func(c iris.Context) {
		wait(c.Request())
		c.WriteString("at last")
	})
	app.Post("/big", func(c iris.Context) { io.Copy(c, c.Request().Body) })
	app.Get("/files/{file:path}", func(c iris.Context) { c.Writef("file %s", c.Params().Get("file")) })
	app.Get("/next/{id}", func(c iris.Context) { c.Next() }, func(c iris.Context) { c.Writef("next %s", c.GetCurrentRoute().Path()) })
	app.PartyFunc("/api/v1", func(p iris.Party) {
		p.Get("/items/{item}", func(c iris.Context) { c.Writef("item %s", c.Params().Get("item")) })
	})
	app.PartyFunc("/recovered", func(p iris.Party) {
		p.Use(recovery.New())
		p.Get("/{what}", func(iris.Context) { panic("within a party") })
	})
	app.OnErrorCode(404, func(c iris.Context) { c.WriteString("nothing here") })
	if err := app.Build(); err != nil {
		panic(err)
	}
	more(recovering(app))
	run(recovering(app))
}

// more asks for what is only here.
func more(handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	c := client{address: server.URL, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	for _, path := range []string{"/files/a/b", "/next/7", "/recovered/1", "/users/none", "/api/v1/items/3/"} {
		fmt.Println("GET", path, "->", c.ask(context.Background(), "GET", path, nil))
	}
	fmt.Println("PUT /fail ->", c.ask(context.Background(), "PUT", "/fail", nil))
}

type copiedKey struct{}

// copying has another request, with another context, passed on.
func copying(c iris.Context) {
	r := c.Request()
	c.ResetRequest(r.WithContext(context.WithValue(r.Context(), copiedKey{}, true)))
	c.Next()
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
