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

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{DisablePrintStack: true}))
	e.GET("/users/:id", func(c *echo.Context) error { return c.String(200, "user "+c.Param("id")) })
	e.GET("/fail", func(c *echo.Context) error { return errors.New("no database") })
	e.GET("/client-mistake", func(c *echo.Context) error { return echo.NewHTTPError(400, "what?") })
	e.GET("/panic", func(c *echo.Context) error { panic("out of cheese") })
	e.Group("/api/v1").GET("/items/*", func(c *echo.Context) error { return c.String(200, c.Param("*")) })
	ask(serve(e))
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
