// Matrix uses each instrumentation package that does what a hook does too, with
// the global provider and with one that is passed, and prints the spans that each
// provider has got, as lines that are the same in each run.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// recorder is a provider with the spans that it got.
type recorder struct {
	*sdk.TracerProvider
	name  string
	mu    sync.Mutex
	spans []sdk.ReadOnlySpan
}

func record(name string) *recorder {
	r := &recorder{name: name}
	r.TracerProvider = sdk.NewTracerProvider(sdk.WithSpanProcessor(r))
	return r
}

func (r *recorder) OnStart(context.Context, sdk.ReadWriteSpan) {}
func (r *recorder) OnEnd(s sdk.ReadOnlySpan) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spans = append(r.spans, s)
}
func (r *recorder) Shutdown(context.Context) error   { return nil }
func (r *recorder) ForceFlush(context.Context) error { return nil }

var (
	global, passed = record("global"), record("passed")
	linked         = trace.Link{SpanContext: trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{9}, SpanID: trace.SpanID{9}})}
	longAgo        = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
)

// A remote parent, as a client sends it.
const traceparent = "00-0102030405060708090a0b0c0d0e0f10-0102030405060708-01"

// print has one line for each span, and forgets them.
func (r *recorder) print(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := map[trace.SpanID]string{{1, 2, 3, 4, 5, 6, 7, 8}: "the remote one"}
	for _, s := range r.spans {
		names[s.SpanContext().SpanID()] = s.Name()
	}
	var lines []string
	for _, s := range r.spans {
		parent := "none"
		if s.Parent().IsValid() {
			if parent = names[s.Parent().SpanID()]; parent == "" {
				parent = "another provider's"
			}
		}
		var events []string
		for _, e := range s.Events() {
			events = append(events, e.Name)
		}
		own := ""
		for _, a := range s.Attributes() {
			if a.Key == "own" {
				own = " own"
			}
		}
		lines = append(lines, fmt.Sprintf("%s: %s: %s %q below %q, %d links, events %v, %v%s%s", what, r.name, s.SpanKind(), s.Name(), parent,
			len(s.Links()), events, s.Status().Code, own, map[bool]string{true: " long ago"}[s.StartTime().Equal(longAgo)]))
	}
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Println(line)
	}
	r.spans = nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// within has f called within a span of the program's.
func within(provider trace.TracerProvider, f func(ctx context.Context)) {
	ctx, span := provider.Tracer("program").Start(context.Background(), "work")
	f(ctx)
	span.End()
}

// ask sends a request that nothing instruments, and waits till it is served.
func ask(handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	must(err)
	defer conn.Close()
	fmt.Fprintf(conn, "GET /users/7 HTTP/1.1\r\nHost: localhost\r\nTraceparent: %s\r\nConnection: close\r\n\r\n", traceparent)
	answer, err := io.ReadAll(conn)
	must(err)
	if !strings.HasPrefix(string(answer), "HTTP/1.1 200") {
		log.Fatalf("%s", answer)
	}
}

// answers is the address of a server that nothing instruments.
func answers() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
				}
			}()
		}
	}()
	return listener.Addr().String()
}

// handle describes the span that its request's context has.
func handle(w http.ResponseWriter, r *http.Request) {
	described(r.Context())
	io.WriteString(w, "x")
}

func described(ctx context.Context) {
	span := trace.SpanFromContext(ctx)
	span.SetAttributes(attribute.Bool("own", true))
	span.AddEvent("handled")
}

var cases = []struct {
	name string
	run  func(provider trace.TracerProvider)
}{
	{"otelhttp server", otelhttpServer},
	{"otelhttp server with links and a time", otelhttpServerLinked},
	{"otelhttp public endpoint", otelhttpPublic},
	{"otelhttp client", otelhttpClient},
	{"otelgin", otelginServer},
	{"otelecho", otelechoServer},
	{"otelmux", otelmuxServer},
	{"otelgrpc", otelgrpcBoth},
	{"otelsql", otelsqlClient},
	{"redisotel", redisotelClient},
	{"otelmongo", otelmongoClient},
	{"otelpgx", otelpgxClient},
	{"otelpgx natively", otelpgxNative},
}

func main() {
	otel.SetTracerProvider(global)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	for _, c := range cases {
		for _, provider := range []*recorder{global, passed} {
			c.run(provider)
			// A server's span may end a moment after its answer.
			time.Sleep(20 * time.Millisecond)
			global.print(c.name + ", " + provider.name)
			passed.print(c.name + ", " + provider.name)
		}
	}
}
