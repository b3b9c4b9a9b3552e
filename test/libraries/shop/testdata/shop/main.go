// SPDX-License-Identifier: Apache-2.0

// A shop of five services in one process: an order comes to the front (gin, zap,
// gorm), which asks the stock (echo, logrus, go-redis), which asks for the price
// (mux, slog, database/sql, MongoDB), which is asked of the bank (gRPC).
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

const secret = "planted-secret-4711"

func main() {
	bank := startBank()
	price := serve(newPrice(bank))
	stock := serve(newStock(price))
	front := serve(newFront(stock))

	for _, path := range []string{"/order/7?token=" + secret, "/order/8", "/nowhere"} {
		status, body := get(front + path)
		fmt.Println(status, body)
	}
	fmt.Println("done")
}

// serve serves on a free port and returns the server's URL.
func serve(handler http.Handler) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go http.Serve(listener, handler)
	return "http://" + listener.Addr().String()
}

// get is as plain as it gets: without a context.
func get(url string) (status int, body string) {
	resp, err := http.Get(url)
	check(err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	check(err)
	return resp.StatusCode, string(text)
}

func check(err error) {
	if err != nil {
		fmt.Println("unexpected:", err)
		os.Exit(1)
	}
}
