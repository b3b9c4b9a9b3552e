// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"otel.runtime/exporter/otlp/wire"
)

// collector answers requests one after the other with the next of its replies,
// the last one repeatedly.
type collector struct {
	url     *url.URL
	replies []http.HandlerFunc

	closed chan struct{} // a value for each connection that has ended

	mu       sync.Mutex
	requests []received
}

type received struct {
	path    string
	header  http.Header
	proto   int
	message []byte
	conn    string
}

func startCollector(t *testing.T, replies ...http.HandlerFunc) *collector {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &collector{replies: replies, closed: make(chan struct{}, 100), url: &url.URL{Scheme: "http", Host: listener.Addr().String()}}
	server := &http.Server{Handler: c, Protocols: new(http.Protocols)}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	server.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			c.closed <- struct{}{}
		}
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return c
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	message, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	reply := c.replies[len(c.replies)-1]
	if n := len(c.requests); n < len(c.replies) {
		reply = c.replies[n]
	}
	c.requests = append(c.requests, received{path: r.URL.Path, header: r.Header, proto: r.ProtoMajor, message: message, conn: r.RemoteAddr})
	c.mu.Unlock()
	reply(w, r)
}

func (c *collector) got() []received {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]received(nil), c.requests...)
}

func grpcOK(message []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/grpc")
		w.Header().Set("Trailer", "Grpc-Status")
		frame := binary.BigEndian.AppendUint32([]byte{0}, uint32(len(message)))
		w.Write(append(frame, message...))
		w.Header().Set("Grpc-Status", "0")
	}
}

func grpcFails(code int, message string, details []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/grpc")
		w.Header().Set("Grpc-Status", fmt.Sprint(code))
		w.Header().Set("Grpc-Message", message)
		if details != nil {
			w.Header().Set("Grpc-Status-Details-Bin", base64.RawStdEncoding.EncodeToString(details))
		}
	}
}

func httpAnswers(status int, contentType string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		w.Write(body)
	}
}

// partialSuccess is an ExportTraceServiceResponse.
func partialSuccess(rejected uint64, message string) []byte {
	b, m := wire.Open(nil, 1, 1)
	b = wire.AppendUint(b, 1, rejected)
	b = wire.AppendString(b, 2, message)
	return wire.Close(b, m)
}

// retryInfo is a google.rpc.Status with a delay.
func retryInfo(delay time.Duration) []byte {
	b, detail := wire.Open(nil, 3, 1)
	b = wire.AppendString(b, 1, "type.googleapis.com/google.rpc.RetryInfo")
	b, value := wire.Open(b, 2, 1)
	b, duration := wire.Open(b, 1, 1)
	b = wire.AppendUint(b, 1, uint64(delay/time.Second))
	b = wire.AppendUint(b, 2, uint64(delay%time.Second))
	return wire.Close(wire.Close(wire.Close(b, duration), value), detail)
}

// newTestExporter retries after milliseconds and logs into the buffer.
func newTestExporter(t *testing.T, c Config) (*Exporter, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	c.Log = log
	if c.Timeout == 0 {
		c.Timeout = 20 * time.Second
	}
	e := New(c)
	e.retries = backoff{first: time.Millisecond, most: 2 * time.Millisecond}
	t.Cleanup(func() { e.Shutdown(context.Background()) })
	return e, log
}

// config sends to c by protocol.
func (c *collector) config(p Protocol) Config {
	u := *c.url
	if p == HTTPProtobuf {
		u.Path = Traces.path
	}
	return Config{Protocol: p, URL: &u}
}
