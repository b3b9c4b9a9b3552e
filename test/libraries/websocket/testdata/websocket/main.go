// SPDX-License-Identifier: Apache-2.0

// A server and clients of websockets, by three libraries, with handlers of
// net/http and below gin and chi. For each message that comes on a connection
// the server asks for a price by HTTP.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	coder "github.com/coder/websocket"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	gorilla "github.com/gorilla/websocket"
	xnet "golang.org/x/net/websocket"
)

var prices = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "price of "+r.URL.Path[1:]) }))

// price asks with the context of the request that was upgraded, if there is one.
func price(ctx context.Context, of string) string {
	if ctx == nil {
		ctx = context.Background()
	}
	request, err := http.NewRequestWithContext(ctx, "GET", prices.URL+"/"+of, nil)
	if err != nil {
		return err.Error()
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return string(text)
}

var handlers sync.WaitGroup

func byGorilla(w http.ResponseWriter, r *http.Request) {
	handlers.Add(1)
	defer handlers.Done()
	upgrader := gorilla.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // has answered
	}
	defer conn.Close()
	for {
		kind, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		conn.WriteMessage(kind, []byte(price(nil, string(message))))
	}
}

// byGorillaLater leaves the connection to a goroutine.
func byGorillaLater(w http.ResponseWriter, r *http.Request) {
	upgrader := gorilla.Upgrader{}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	returned := make(chan bool)
	defer close(returned)
	handlers.Add(1)
	go func() {
		defer handlers.Done()
		defer conn.Close()
		<-returned
		kind, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		conn.WriteMessage(kind, []byte(price(nil, string(message))))
		conn.ReadMessage()
	}()
}

func byCoder(w http.ResponseWriter, r *http.Request) {
	handlers.Add(1)
	defer handlers.Done()
	conn, err := coder.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer conn.CloseNow()
	for {
		kind, message, err := conn.Read(r.Context())
		if err != nil {
			return
		}
		conn.Write(r.Context(), kind, []byte(price(r.Context(), string(message))))
	}
}

func byXNet(w http.ResponseWriter, r *http.Request) {
	handlers.Add(1)
	defer handlers.Done()
	xnet.Handler(talk).ServeHTTP(w, r)
}

func talk(conn *xnet.Conn) {
	for {
		var message string
		if xnet.Message.Receive(conn, &message) != nil {
			return
		}
		xnet.Message.Send(conn, price(conn.Request().Context(), message))
	}
}

func routes() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	g := gin.New()
	g.GET("/gin/:room/gorilla", func(c *gin.Context) { byGorilla(c.Writer, c.Request) })
	g.GET("/gin/:room/coder", func(c *gin.Context) { byCoder(c.Writer, c.Request) })
	g.GET("/gin/:room/x", func(c *gin.Context) { byXNet(c.Writer, c.Request) })
	inner := http.NewServeMux()
	inner.HandleFunc("/{room}/gorilla", byGorilla)
	g.GET("/gin-wraps/*rest", gin.WrapH(http.StripPrefix("/gin-wraps", inner)))
	c := chi.NewRouter()
	c.Get("/chi/{room}/gorilla", byGorilla)
	c.Get("/chi/{room}/coder", byCoder)
	c.Get("/chi/{room}/x", byXNet)
	mux := http.NewServeMux()
	mux.HandleFunc("/gorilla", byGorilla)
	mux.HandleFunc("/later", byGorillaLater)
	mux.HandleFunc("/coder", byCoder)
	mux.HandleFunc("/x", byXNet)
	mux.Handle("/gin/", g)
	mux.Handle("/gin-wraps/", g)
	mux.Handle("/chi/", c)
	return mux
}

func askGorilla(url string) (string, error) {
	mine := http.Header{"X-Mine": {"1"}}
	conn, response, err := gorilla.DefaultDialer.Dial(url, mine)
	if response != nil {
		fmt.Println(response.StatusCode, response.Request.Header["X-Mine"], len(response.Request.Header), len(mine))
	}
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := conn.WriteMessage(gorilla.TextMessage, []byte("tea")); err != nil {
		return "", err
	}
	_, message, err := conn.ReadMessage()
	return string(message), err
}

func askCoder(url string) (string, error) {
	ctx := context.Background()
	conn, response, err := coder.Dial(ctx, url, nil)
	if response != nil {
		fmt.Println(response.StatusCode)
	}
	if err != nil {
		return "", errors.New("refused")
	}
	defer conn.CloseNow()
	if err := conn.Write(ctx, coder.MessageText, []byte("tea")); err != nil {
		return "", err
	}
	_, message, err := conn.Read(ctx)
	return string(message), err
}

func askXNet(url string) (string, error) {
	config, err := xnet.NewConfig(url, "http://localhost/")
	if err != nil {
		return "", err
	}
	config.Header.Set("X-Mine", "1")
	conn, err := xnet.DialConfig(config)
	fmt.Println(len(config.Header), conn != nil && conn.Config() == config)
	if err != nil {
		return "", errors.New("refused")
	}
	defer conn.Close()
	if err := xnet.Message.Send(conn, "tea"); err != nil {
		return "", err
	}
	var message string
	err = xnet.Message.Receive(conn, &message)
	return message, err
}

func main() {
	server := httptest.NewServer(routes())
	base := "ws" + strings.TrimPrefix(server.URL, "http")
	for _, ask := range []struct {
		path string
		by   func(url string) (string, error)
	}{
		{"/gorilla", askGorilla}, {"/later", askGorilla}, {"/coder", askCoder}, {"/x", askXNet},
		{"/gin/1/gorilla", askGorilla}, {"/gin/1/coder", askCoder}, {"/gin/1/x", askXNet}, {"/gin-wraps/1/gorilla", askGorilla},
		{"/chi/1/gorilla", askGorilla}, {"/chi/1/coder", askCoder}, {"/chi/1/x", askXNet},
		{"/nowhere", askGorilla}, {"/nowhere", askCoder}, {"/nowhere", askXNet},
	} {
		message, err := ask.by(base + ask.path)
		fmt.Println(ask.path, message, err)
		handlers.Wait()
	}

	// A handshake that x/net refuses, on a connection that it has taken over.
	request, _ := http.NewRequest("GET", server.URL+"/x", nil)
	request.Header = http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="}, "Sec-Websocket-Version": {"7"}}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		fmt.Println(err)
	} else {
		fmt.Println(response.Status)
		response.Body.Close()
	}
	handlers.Wait()

	// No handshake at all.
	for _, path := range []string{"/gin-wraps/1/gorilla", "/gin/1/coder"} {
		response, err := http.Get(server.URL + path)
		if err != nil {
			panic(err)
		}
		fmt.Println(response.Status)
		response.Body.Close()
	}

	// What is no URL of a websocket.
	_, _, err = gorilla.DefaultDialer.Dial("://", nil)
	fmt.Println(err != nil)
	server.Close()
	_, _, err = gorilla.DefaultDialer.Dial(base+"/gorilla", nil)
	fmt.Println(err != nil)
	http.DefaultClient.CloseIdleConnections()
	prices.Close()
}
