// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/exporter/otlp/wire"
)

func TestGRPCDelivers(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	config := c.config(GRPC)
	config.Headers = http.Header{"Api-Key": {"secret"}}
	e, log := newTestExporter(t, config)
	spans := serverSpans(3)
	for i := 0; i < 2; i++ {
		if err := e.ExportSpans(context.Background(), spans); err != nil {
			t.Fatal(err)
		}
	}
	got := c.got()
	want := AppendRequest(nil, spans)
	for _, r := range got {
		switch {
		case r.path != Traces.call, r.proto != 2, r.conn != got[0].conn:
			t.Errorf("%+v", r)
		case r.header.Get("Content-Type") != "application/grpc", r.header.Get("Te") != "trailers", r.header.Get("Api-Key") != "secret", r.header.Get("Grpc-Timeout") == "":
			t.Errorf("headers %v", r.header)
		case !bytes.Equal(r.message[prefixSize:], want), binary.BigEndian.Uint32(r.message[1:]) != uint32(len(want)), r.message[0] != 0:
			t.Errorf("message %x", r.message)
		}
	}
	if s := e.Stats(); len(got) != 2 || s != (Stats{Sent: 6}) || log.Len() > 0 {
		t.Errorf("%d requests, %+v, log %q", len(got), s, log)
	}
}

func TestHTTPDelivers(t *testing.T) {
	c := startCollector(t, httpAnswers(200, "application/x-protobuf", nil))
	config := c.config(HTTPProtobuf)
	config.Headers = http.Header{"Api-Key": {"secret"}, "Host": {"collector.example"}}
	e, log := newTestExporter(t, config)
	spans := serverSpans(3)
	if err := e.ExportSpans(context.Background(), spans); err != nil {
		t.Fatal(err)
	}
	r := c.got()[0]
	if r.path != Traces.path || r.proto != 1 || r.header.Get("Content-Type") != "application/x-protobuf" || r.header.Get("Api-Key") != "secret" ||
		!bytes.Equal(r.message, AppendRequest(nil, spans)) || e.Stats() != (Stats{Sent: 3}) || log.Len() > 0 {
		t.Errorf("%+v %+v %q", r, e.Stats(), log)
	}
}

func TestGzip(t *testing.T) {
	for _, p := range []Protocol{GRPC, HTTPProtobuf} {
		reply := grpcOK(nil)
		if p == HTTPProtobuf {
			reply = httpAnswers(200, "", nil)
		}
		c := startCollector(t, reply)
		config := c.config(p)
		config.Gzip = true
		e, _ := newTestExporter(t, config)
		spans := serverSpans(40)
		for i := 0; i < 2; i++ { // the second goes through the same buffers
			if err := e.ExportSpans(context.Background(), spans); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range c.got() {
			message := r.message
			encoding := r.header.Get("Content-Encoding")
			if p == GRPC {
				encoding = r.header.Get("Grpc-Encoding")
				if message[0] != 1 {
					t.Error("not flagged as compressed")
				}
				message = message[prefixSize:]
			}
			z, err := gzip.NewReader(bytes.NewReader(message))
			if err != nil {
				t.Fatal(err)
			}
			plain, err := io.ReadAll(z)
			if err != nil || encoding != "gzip" || !bytes.Equal(plain, AppendRequest(nil, spans)) {
				t.Errorf("%s: encoding %q, %d bytes, %v", p, encoding, len(plain), err)
			}
		}
	}
}

// What is tried again, and what is not, is the specification's table.
func TestGRPCRetries(t *testing.T) {
	retryable := map[int]bool{codeCancelled: true, codeDeadlineExceeded: true, codeAborted: true, codeOutOfRange: true, codeUnavailable: true, codeDataLoss: true}
	for code := 1; code <= 17; code++ {
		c := startCollector(t, grpcFails(code, "busy%20now", nil), grpcOK(nil))
		e, log := newTestExporter(t, c.config(GRPC))
		err := e.ExportSpans(context.Background(), serverSpans(2))
		if retryable[code] {
			if err != nil || len(c.got()) != 2 || e.Stats() != (Stats{Sent: 2, Retries: 1}) || log.Len() > 0 {
				t.Errorf("code %d: %v, %d requests, %+v, %q", code, err, len(c.got()), e.Stats(), log)
			}
			continue
		}
		if err == nil || len(c.got()) != 1 || e.Stats() != (Stats{Failed: 2}) || !strings.Contains(log.String(), "busy now") {
			t.Errorf("code %d: %v, %d requests, %+v, %q", code, err, len(c.got()), e.Stats(), log)
		}
	}
}

func TestGRPCResourceExhaustedWithRetryInfo(t *testing.T) {
	c := startCollector(t, grpcFails(codeResourceExhausted, "", retryInfo(30*time.Millisecond)), grpcOK(nil))
	e, _ := newTestExporter(t, c.config(GRPC))
	begin := time.Now()
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err != nil || len(c.got()) != 2 {
		t.Errorf("%v, %d requests", err, len(c.got()))
	}
	if waited := time.Since(begin); waited < 30*time.Millisecond {
		t.Errorf("asked for 30ms, waited %v", waited)
	}
}

// A pause longer than the time that is left isn't begun.
func TestRetryInfoPastTheDeadline(t *testing.T) {
	c := startCollector(t, grpcFails(codeUnavailable, "later", retryInfo(time.Hour)))
	e, log := newTestExporter(t, c.config(GRPC))
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err == nil || len(c.got()) != 1 {
		t.Errorf("%v, %d requests", err, len(c.got()))
	}
	want := fmt.Sprintf("otel: telemetry is not being delivered: grpc %s: UNAVAILABLE: later; the program is not affected\n", c.url)
	if log.String() != want {
		t.Errorf("%q, want %q", log, want)
	}
}

func TestHTTPRetries(t *testing.T) {
	status := wire.AppendString(nil, 2, "bad\nrequest")
	for code, want := range map[int]string{429: "", 502: "", 503: "", 504: "", 400: "HTTP 400: bad request", 401: "HTTP 401: bad request", 404: "HTTP 404: bad request", 500: "HTTP 500: bad request", 308: "HTTP 308: bad request"} {
		c := startCollector(t, httpAnswers(code, "application/x-protobuf", status), httpAnswers(200, "", nil))
		e, log := newTestExporter(t, c.config(HTTPProtobuf))
		err := e.ExportSpans(context.Background(), serverSpans(1))
		if want == "" {
			if err != nil || len(c.got()) != 2 || log.Len() > 0 {
				t.Errorf("%d: %v, %d requests, %q", code, err, len(c.got()), log)
			}
		} else if err == nil || len(c.got()) != 1 || !strings.Contains(log.String(), want+"; the program is not affected\n") {
			t.Errorf("%d: %v, %d requests, %q", code, err, len(c.got()), log)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0, now.Add(time.Minute).Format(http.TimeFormat): time.Minute, now.Add(-time.Minute).Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

func TestPartialSuccess(t *testing.T) {
	message := partialSuccess(2, "too old")
	for p, reply := range map[Protocol]http.HandlerFunc{GRPC: grpcOK(message), HTTPProtobuf: httpAnswers(200, "application/x-protobuf", message)} {
		c := startCollector(t, reply)
		e, log := newTestExporter(t, c.config(p))
		err := e.ExportSpans(context.Background(), serverSpans(5))
		if err == nil || e.Stats() != (Stats{Sent: 3, Rejected: 2}) || !strings.Contains(log.String(), "2 of 5 spans rejected: too old") {
			t.Errorf("%s: %v %+v %q", p, err, e.Stats(), log)
		}
	}
}

func TestAnswersThatAreNotGRPC(t *testing.T) {
	for name, c := range map[string]struct {
		reply http.HandlerFunc
		want  string
		tries int
	}{
		"proxy's page": {httpAnswers(404, "text/html", []byte("<h1>no</h1>")), "HTTP 404 without a gRPC status", 1},
		"endless":      {httpAnswers(200, "application/grpc", bytes.Repeat([]byte{1}, answerLimit+2)), "an answer of more than 65536 bytes", 1},
	} {
		server := startCollector(t, c.reply)
		e, log := newTestExporter(t, server.config(GRPC))
		if err := e.ExportSpans(context.Background(), serverSpans(1)); err == nil || len(server.got()) != c.tries || !strings.Contains(log.String(), c.want) {
			t.Errorf("%s: %v, %d requests, %q", name, err, len(server.got()), log)
		}
	}
}

// Each protocol at the other's port fails with a hint.
func TestWrongProtocol(t *testing.T) {
	for p, greeting := range map[Protocol]string{
		GRPC:         "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
		HTTPProtobuf: "\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", // SETTINGS
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		connections := make(chan net.Conn, 1)
		go func(p Protocol, greeting string) {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if p == GRPC {
				conn.Read(make([]byte, 1024))
			} else if r, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
				io.Copy(io.Discard, r.Body)
			}
			io.WriteString(conn, greeting)
			conn.(*net.TCPConn).CloseWrite()
			connections <- conn
		}(p, greeting)
		e, log := newTestExporter(t, Config{Protocol: p, URL: &url.URL{Scheme: "http", Host: listener.Addr().String(), Path: "/"}})
		e.Hurry()
		err = e.ExportSpans(context.Background(), serverSpans(1))
		if err == nil || !strings.Contains(log.String(), "see OTEL_EXPORTER_OTLP_PROTOCOL") {
			t.Errorf("%s: %v %q", p, err, log)
		}
		(<-connections).Close()
		listener.Close()
	}
}

// The connection is made anew after the collector was away.
func TestReconnects(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	serve := func(l net.Listener) *http.Server {
		s := &http.Server{Handler: grpcOK(nil), Protocols: new(http.Protocols)}
		s.Protocols.SetUnencryptedHTTP2(true)
		go s.Serve(l)
		return s
	}
	server := serve(listener)
	e, log := newTestExporter(t, Config{Protocol: GRPC, URL: &url.URL{Scheme: "http", Host: address}})
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err != nil {
		t.Fatal(err)
	}
	server.Close()
	release := e.Hurry()
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err == nil {
		t.Error("delivered to nobody")
	}
	release()
	if listener, err = net.Listen("tcp", address); err != nil {
		t.Skip("the port was taken meanwhile: ", err)
	}
	server = serve(listener)
	defer server.Close()
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err != nil {
		t.Error(err)
	}
	if s := e.Stats(); s.Sent != 2 || s.Failed != 1 || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("%+v %q", s, log)
	}
}

// unreachable is an address where nobody listens.
func unreachable(t *testing.T) Config {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return Config{Protocol: GRPC, URL: &url.URL{Scheme: "http", Host: listener.Addr().String()}}
}

// An export that waits for its next attempt is cut short by Hurry.
func TestHurryEndsTheWait(t *testing.T) {
	e, log := newTestExporter(t, unreachable(t))
	e.timeout = time.Hour
	e.retries = backoff{first: time.Hour, most: time.Hour}
	done := make(chan error)
	go func() { done <- e.ExportSpans(context.Background(), serverSpans(1)) }()
	release := e.Hurry()
	defer release()
	if err := <-done; err == nil || !strings.Contains(log.String(), "connection refused") {
		t.Errorf("%v %q", err, log)
	}
}

// hangs is a collector that answers nothing until the test ends.
func hangs(t *testing.T) (*collector, chan struct{}) {
	arrived, end := make(chan struct{}, 8), make(chan struct{})
	c := startCollector(t, func(w http.ResponseWriter, r *http.Request) { arrived <- struct{}{}; <-end })
	t.Cleanup(func() { close(end) })
	return c, arrived
}

func TestTimeoutBoundsTheExport(t *testing.T) {
	c, _ := hangs(t)
	config := c.config(GRPC)
	config.Timeout = 50 * time.Millisecond
	e, log := newTestExporter(t, config)
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err == nil || !strings.Contains(log.String(), "no answer in time") {
		t.Errorf("%v %q", err, log)
	}
	<-c.closed // the next export doesn't go to where nobody answers
}

func TestShutdownEndsAnExport(t *testing.T) {
	c, arrived := hangs(t)
	config := c.config(GRPC)
	config.Timeout = time.Hour
	e, _ := newTestExporter(t, config)
	done := make(chan error)
	go func() { done <- e.ExportSpans(context.Background(), serverSpans(1)) }()
	<-arrived
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := e.Shutdown(ended); err != context.Canceled {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("delivered by a collector that doesn't answer")
	}
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err == nil {
		t.Error("exported after Shutdown")
	}
	<-c.closed
}

// The transport's goroutines live as long as their connection.
func TestShutdownClosesTheConnection(t *testing.T) {
	for protocol, reply := range map[Protocol]http.HandlerFunc{GRPC: grpcOK(nil), HTTPProtobuf: httpAnswers(200, "", nil)} {
		c := startCollector(t, reply)
		e, _ := newTestExporter(t, c.config(protocol))
		if err := e.ExportSpans(context.Background(), serverSpans(1)); err != nil {
			t.Fatal(err)
		}
		if len(c.closed) != 0 {
			t.Errorf("%s: the connection isn't kept", protocol)
		}
		if err := e.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		<-c.closed
	}
}

func TestSuppressSurroundsTheExport(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	e, _ := newTestExporter(t, c.config(GRPC))
	var before, after int
	Suppress = func(run func()) { before = len(c.got()); run(); after = len(c.got()) }
	defer func() { Suppress = nil }()
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err != nil || before != 0 || after != 1 {
		t.Errorf("%v, %d requests before and %d after", err, before, after)
	}
}

// hostile panics when its name is asked for.
type hostile struct{ sdktrace.ReadOnlySpan }

func (hostile) Name() string { panic("no name") }

func TestPanicIsContained(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	e, log := newTestExporter(t, c.config(GRPC))
	good := serverSpans(1)
	if err := e.ExportSpans(context.Background(), []sdktrace.ReadOnlySpan{hostile{good[0]}}); err == nil || !strings.Contains(log.String(), "internal error: no name") {
		t.Errorf("%v %q", err, log)
	}
	if err := e.ExportSpans(context.Background(), good); err != nil {
		t.Error(err)
	}
}

func TestNoticeIsRare(t *testing.T) {
	log := &bytes.Buffer{}
	clock := time.Unix(1e9, 0)
	n := notice{log: log, now: func() time.Time { return clock }}
	lines := func() int { return strings.Count(log.String(), "\n") }
	steps := []struct {
		after  time.Duration
		fails  bool
		expect int
	}{
		{0, true, 1}, {time.Hour, true, 1}, {0, false, 1}, {0, true, 2},
		{time.Second, false, 2}, {time.Second, true, 2}, {2 * time.Minute, true, 3}, {time.Hour, true, 3},
	}
	for i, s := range steps {
		clock = clock.Add(s.after)
		if s.fails {
			n.failed(&DeliveryError{Reason: "x"})
		} else {
			n.recovered()
		}
		if lines() != s.expect {
			t.Errorf("step %d: %d lines, want %d", i, lines(), s.expect)
		}
	}
}
