// SPDX-License-Identifier: Apache-2.0

// greet is a service as anyone might write it: nothing in it knows of
// OpenTelemetry, and its handler passes no context to http.Get.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func greet(w http.ResponseWriter, r *http.Request) {
	response, err := http.Get("http://" + r.Host + "/inner")
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	name, err := io.ReadAll(response.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	fmt.Fprintf(w, "hello %s\n", name)
}

func inner(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "world") }

func main() {
	http.HandleFunc("/greet", greet)
	http.HandleFunc("/inner", inner)
	address := "localhost:8080"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}
