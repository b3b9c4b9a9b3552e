// SPDX-License-Identifier: Apache-2.0

// sink takes OTLP over gRPC, reads it and forgets it. It prints its address.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("http://" + listener.Addr().String())
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Protocols: &protocols, Handler: http.HandlerFunc(accept)}
	log.Fatal(server.Serve(listener))
}

// accept answers with an empty message and the status OK (the gRPC protocol over HTTP/2).
func accept(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/grpc")
	w.Header().Set("Trailer", "Grpc-Status")
	w.Write(make([]byte, 5))
	w.Header().Set("Grpc-Status", "0")
}
