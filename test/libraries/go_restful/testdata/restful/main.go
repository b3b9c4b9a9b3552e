// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/emicklei/go-restful/v3"
)

func main() {
	restful.SetLogger(quiet{})
	container := restful.NewContainer()
	container.Filter(copying)
	add(container)
	more(recovers())
	run(recovering(container))
}

type quiet struct{}

func (quiet) Print(v ...interface{})                 {}
func (quiet) Printf(format string, v ...interface{}) {}

func add(container *restful.Container) {
	root := new(restful.WebService)
	root.Path("/").Consumes("*/*")
	root.Route(root.GET("/users/{id:[0-9]+}").To(func(req *restful.Request, resp *restful.Response) {
		fmt.Fprintln(resp, "user", req.PathParameter("id"))
	}))
	root.Route(root.GET("/fail").To(func(_ *restful.Request, resp *restful.Response) { resp.WriteErrorString(500, "sorry") }))
	root.Route(root.GET("/client-mistake").To(func(_ *restful.Request, resp *restful.Response) { resp.WriteErrorString(400, "what?") }))
	root.Route(root.GET("/panic").To(func(*restful.Request, *restful.Response) { panic("out of cheese") }))
	root.Route(root.GET("/slow").To(func(req *restful.Request, resp *restful.Response) {
		wait(req.Request)
		fmt.Fprintln(resp, "at last")
	}))
	root.Route(root.POST("/big").To(func(req *restful.Request, resp *restful.Response) { io.Copy(resp, req.Request.Body) }))
	root.Route(root.GET("/files/{path:*}").To(func(req *restful.Request, resp *restful.Response) {
		fmt.Fprintln(resp, "file", req.PathParameter("path"))
	}))
	container.Add(root)
	api := new(restful.WebService)
	api.Path("/api/v1").Consumes("*/*")
	api.Route(api.GET("/items/{item}").To(func(req *restful.Request, resp *restful.Response) {
		fmt.Fprintln(resp, "item", req.PathParameter("item"), req.SelectedRoutePath())
	}))
	container.Add(api)
	container.Handle("/plain/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "plain", r.URL.Path) }))
}

// recovers is a container that recovers panics, by the other router.
func recovers() *restful.Container {
	container := restful.NewContainer()
	container.Router(restful.RouterJSR311{})
	container.EnableContentEncoding(true)
	container.DoNotRecover(false)
	container.RecoverHandler(func(value interface{}, w http.ResponseWriter) {
		w.WriteHeader(500)
		fmt.Fprintln(w, "recovered", value)
	})
	add(container)
	return container
}

// more asks for what is only here.
func more(handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	c := client{address: server.URL, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	for _, path := range []string{"/panic", "/users/7", "/users/none", "/api/v1/items/3", "/files/a/b", "/plain/a"} {
		fmt.Println("GET", path, "->", c.ask(context.Background(), "GET", path, nil))
	}
	fmt.Println("PUT /fail ->", c.ask(context.Background(), "PUT", "/fail", nil))
}

type copiedKey struct{}

// copying has another request, with another context, passed on.
func copying(req *restful.Request, resp *restful.Response, chain *restful.FilterChain) {
	req.Request = req.Request.WithContext(context.WithValue(req.Request.Context(), copiedKey{}, true))
	chain.ProcessFilter(req, resp)
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
