// SPDX-License-Identifier: Apache-2.0

// server has the routes that a service has, one of which asks another host that the
// client chooses, as proxies and webhooks do.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// elsewhere answers for every host itself. Without kept connections, as http.Transport
// remembers each host for them.
var elsewhere = &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, network, os.Args[1])
}}, Timeout: 5 * time.Second}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/users/{id}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "user") })
	mux.HandleFunc("/tree/{id}/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "tree") })
	mux.HandleFunc("GET /hook", func(w http.ResponseWriter, r *http.Request) {
		answer, err := elsewhere.Get("http://" + r.URL.Query().Get("host") + "/users/1")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		answer.Body.Close()
	})
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("listening on", listener.Addr())
	fmt.Fprintln(os.Stderr, http.Serve(listener, mux))
}
