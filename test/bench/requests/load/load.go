// SPDX-License-Identifier: Apache-2.0

// Package load measures what one HTTP request costs a server, a client and both together. The other side of a server or client
// alone is a plain TCP socket that knows the bytes to come.
package load

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"syscall"
	"testing"
	"time"
)

const (
	question = "GET /items/7?page=2 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: load\r\n\r\n"
	// Body is what the service answers.
	Body     = "hello\n"
	response = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n" + Body
)

// Handler is what the service does for each request.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, Body) })
	return mux
}

// Print measures a server with that handler and requests through that transport, and writes a line of each to stdout, as Row
// does.
func Print(handler http.Handler, transport http.RoundTripper) {
	Row("server", func(b *testing.B) { Serve(b, handler) })
	Row("client", func(b *testing.B) { ask(b, transport) })
	Row("both", func(b *testing.B) { both(b, handler, transport) })
}

// Row measures a function for a moment and writes a line to stdout: name, nanoseconds, nanoseconds of the processor, bytes and
// allocations, each for one of b.N, separated by tabs. The processor's are those of the whole process in that time: whatever
// exports, and the garbage collector, are in them, and what other processes do isn't.
func Row(name string, measured func(*testing.B)) {
	testing.Init()
	if err := flag.Set("test.benchtime", "100ms"); err != nil {
		log.Fatal(err)
	}
	result := testing.Benchmark(func(b *testing.B) {
		start := processorTime()
		measured(b)
		b.ReportMetric(float64(processorTime()-start)/float64(b.N), "cpu-ns/op")
	})
	fmt.Printf("%s\t%d\t%.0f\t%d\t%d\n", name, result.NsPerOp(), result.Extra["cpu-ns/op"], result.AllocedBytesPerOp(), result.AllocsPerOp())
}

// processorTime is what this process has taken so far, of all cores, in nanoseconds.
func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

// Serve measures a server with that handler.
func Serve(b *testing.B, handler http.Handler) {
	listener := listen()
	server := &http.Server{Handler: handler}
	go server.Serve(listener)
	defer server.Close()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer connection.Close()
	reader := bufio.NewReader(connection)
	exchange := func() {
		io.WriteString(connection, question)
		for {
			line, err := reader.ReadSlice('\n')
			if err != nil {
				b.Fatal(err)
			}
			if len(line) == 2 { // the end of the header
				break
			}
		}
		if _, err := reader.Discard(len(Body)); err != nil {
			b.Fatal(err)
		}
	}
	exchange()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		exchange()
	}
}

func ask(b *testing.B, transport http.RoundTripper) {
	listener := listen()
	defer listener.Close()
	go answer(listener)
	request(b, transport, listener)
}

// both is a request from such a client to such a server.
func both(b *testing.B, handler http.Handler, transport http.RoundTripper) {
	listener := listen()
	server := &http.Server{Handler: handler}
	go server.Serve(listener)
	defer server.Close()
	request(b, transport, listener)
}

func request(b *testing.B, transport http.RoundTripper, listener net.Listener) {
	client := http.Client{Transport: transport, Timeout: time.Minute}
	url := "http://" + listener.Addr().String() + "/items/7?page=2"
	exchange := func() {
		response, err := client.Get(url)
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	exchange()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		exchange()
	}
	b.StopTimer()
	client.CloseIdleConnections()
}

// answer is the server of one connection after the other.
func answer(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer connection.Close()
			reader := bufio.NewReader(connection)
			for {
				line, err := reader.ReadSlice('\n')
				if err != nil {
					return
				}
				if bytes.Equal(line, []byte("\r\n")) {
					io.WriteString(connection, response)
				}
			}
		}()
	}
}
