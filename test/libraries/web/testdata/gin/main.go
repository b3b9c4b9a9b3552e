// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.Use(gin.RecoveryWithWriter(io.Discard))
	r.Use(func(c *gin.Context) { c.Next() })
	r.GET("/users/:id", func(c *gin.Context) { c.String(200, "user %s", c.Param("id")) })
	r.GET("/fail", func(c *gin.Context) {
		_ = c.Error(errors.New("no database"))
		c.String(500, "sorry")
	})
	r.GET("/client-mistake", func(c *gin.Context) { c.String(400, "what?") })
	r.GET("/panic", func(c *gin.Context) { panic("out of cheese") })
	r.Group("/api/v1").GET("/items/*path", func(c *gin.Context) { c.String(200, c.Param("path")) })
	ask(serve(r))
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
