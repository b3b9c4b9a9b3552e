// SPDX-License-Identifier: Apache-2.0

// The program of TestWovenNetHTTP: servers and clients that know nothing of
// telemetry. What it finds wrong is a line on stdout.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var recorder = tracetest.NewSpanRecorder()

func init() {
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
}

func check(ok bool, format string, args ...any) {
	if !ok {
		fmt.Printf("wrong: "+format+"\n", args...)
	}
}

// spans are those that have ended since the last call, n of them.
func spans(n int) (all []sdk.ReadOnlySpan) {
	for i := 0; ; i++ {
		if all = recorder.Ended()[taken:]; len(all) >= n || i == 500 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	taken += len(all)
	if len(all) != n {
		check(false, "%d spans, want %d", len(all), n)
		for _, s := range all {
			fmt.Println("  ", describe(s))
		}
	}
	return all
}

var taken int

// of is the one span of a kind among some.
func of(all []sdk.ReadOnlySpan, kind trace.SpanKind, name string) sdk.ReadOnlySpan {
	for _, s := range all {
		if s.SpanKind() == kind && s.Name() == name {
			return s
		}
	}
	check(false, "no %v span %q", kind, name)
	for _, s := range all {
		fmt.Println("  ", describe(s))
	}
	return tracetest.SpanStub{}.Snapshot()
}

func describe(s sdk.ReadOnlySpan) string {
	return fmt.Sprint(s.SpanKind(), " ", s.Name(), " ", s.Status(), " ", s.Attributes())
}

func attr(s sdk.ReadOnlySpan, key string) string {
	for _, a := range s.Attributes() {
		if string(a.Key) == key {
			return a.Value.Emit()
		}
	}
	return ""
}

func childOf(child, parent sdk.ReadOnlySpan) bool {
	return parent.SpanContext().IsValid() && child.Parent().SpanID() == parent.SpanContext().SpanID() && child.SpanContext().TraceID() == parent.SpanContext().TraceID()
}

// fetch is the status and the body of a GET.
func fetch(client *http.Client, url string) (int, string) {
	resp, err := client.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, err.Error()
	}
	return resp.StatusCode, string(text)
}

// noContext calls a server as code does that was never handed a context.
func noContext(client *http.Client, url string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		req, _ := http.NewRequestWithContext(context.Background(), "GET", url, nil)
		header := fmt.Sprint(req.Header)
		resp, err := client.Do(req)
		if err != nil {
			check(false, "%v", err)
			return
		}
		check(resp.Request == req && fmt.Sprint(req.Header) == header, "the caller's request was changed")
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}()
	wg.Wait()
}

func handler(server func() *httptest.Server, types *sync.Map) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) {
		types.Store(fmt.Sprintf("%T", w), true)
		own := current.SpanContext()
		noContext(server().Client(), server().URL+"/stock")
		check(current.SpanContext().Equal(own) && trace.SpanContextFromContext(r.Context()).Equal(own), "the handler's span isn't current after a call")
		io.WriteString(w, "item "+r.PathValue("id"))
	})
	mux.HandleFunc("/stock", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "3") })
	mux.HandleFunc("/forgets", func(w http.ResponseWriter, r *http.Request) {
		_, span := otel.Tracer("app").Start(r.Context(), "forgotten")
		current.Push(span)
	})
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { shopIsOnFire() })
	mux.HandleFunc("/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/unavailable", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "later", 503) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/stock", 302) })
	mux.HandleFunc("/events", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "data: 1\n\n")
		w.(http.Flusher).Flush()
		_, err := w.(io.Writer).Write([]byte("data: 2\n\n"))
		check(err == nil, "%v", err)
	})
	mux.HandleFunc("/upgrade", func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		check(err == nil, "hijack: %v", err)
		defer conn.Close()
		rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n")
		rw.Flush()
		line, _ := rw.ReadString('\n')
		// What is done on the connection isn't done for the request any more.
		check(!current.SpanContext().IsValid() && !trace.SpanContextFromContext(r.Context()).IsValid(), "the upgraded request's span is current")
		req, _ := http.NewRequestWithContext(r.Context(), "GET", server().URL+"/stock", nil)
		resp, err := server().Client().Do(req)
		if err != nil {
			check(false, "%v", err)
			return
		}
		resp.Body.Close()
		noContext(server().Client(), server().URL+"/stock")
		rw.WriteString(line)
		rw.Flush()
	})
	mux.HandleFunc("/upgrade/own", func(w http.ResponseWriter, r *http.Request) {
		// Instrumentation of the program's own, which describes the span when the handler has returned.
		_, span := otel.Tracer("go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp").Start(r.Context(), "theirs", trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		conn, rw, err := w.(http.Hijacker).Hijack()
		check(err == nil, "hijack: %v", err)
		defer conn.Close()
		rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n")
		rw.Flush()
		check(span.IsRecording(), "the span of the program's own is taken away by an upgrade")
		span.SetAttributes(attribute.Bool("after.hijack", true))
	})
	mux.HandleFunc("/size/304", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(304)
		_, err := io.WriteString(w, "hello")
		check(err == http.ErrBodyNotAllowed, "304: %v", err)
	})
	mux.HandleFunc("/size/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "3")
		_, err := io.WriteString(w, "hello")
		check(err != nil || r.ProtoMajor == 2, "more than Content-Length was taken")
	})
	mux.HandleFunc("/size/exact", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5")
		io.WriteString(w, "hello")
	})
	mux.HandleFunc("/size/copy", func(w http.ResponseWriter, _ *http.Request) {
		io.Copy(w, io.LimitReader(strings.NewReader(strings.Repeat("x", 200000)), 100000))
	})
	slow := http.TimeoutHandler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), 20*time.Millisecond, "too slow")
	mux.Handle("/slow/", slow)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A middleware that copies the request.
		mux.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), "key", "value")))
	})
}

func shopIsOnFire() { panic("fire") }

func start(http2 bool) (*httptest.Server, *sync.Map) {
	var server *httptest.Server
	types := &sync.Map{}
	server = httptest.NewUnstartedServer(handler(func() *httptest.Server { return server }, types))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if http2 {
		server.EnableHTTP2 = true
		server.StartTLS()
	} else {
		server.Start()
	}
	return server, types
}

func both(version string) {
	server, types := start(version == "2")
	defer server.Close()
	client := server.Client()

	status, text := fetch(client, server.URL+"/items/7?sig=secret")
	check(status == 200 && text == "item 7", "%d %q", status, text)
	all := spans(4)
	outer, item := all[len(all)-1], of(all, trace.SpanKindServer, "GET /items/{id}")
	for _, s := range all {
		if s.SpanKind() == trace.SpanKindClient && !s.Parent().IsValid() {
			outer = s
		}
	}
	var inner sdk.ReadOnlySpan
	for _, s := range all {
		if s.SpanKind() == trace.SpanKindClient && s != outer {
			inner = s
		}
	}
	check(childOf(item, outer) && childOf(inner, item) && childOf(of(all, trace.SpanKindServer, "GET /stock"), inner), "the spans of HTTP/%s aren't one trace: %v", version, all)
	check(attr(item, "http.route") == "/items/{id}" && attr(item, "http.response.status_code") == "200" && attr(item, "network.protocol.version") == version &&
		attr(item, "http.response.body.size") == "6" && attr(item, "url.query") == "sig=REDACTED", "server: %v", item.Attributes())
	check(attr(outer, "url.full") == server.URL+"/items/7?sig=REDACTED" && attr(outer, "network.protocol.version") == version && attr(outer, "http.response.status_code") == "200", "client: %v", outer.Attributes())
	types.Range(func(name, _ any) bool {
		check(strings.HasPrefix(name.(string), "*http.") || name == "http.http2ResponseWriter", "the ResponseWriter is a %v", name)
		return true
	})

	// One connection serves both; the second must not see the first's leftovers.
	fetch(client, server.URL+"/forgets")
	forgets := of(spans(2), trace.SpanKindServer, "GET /forgets")
	fetch(client, server.URL+"/stock")
	stock := of(spans(2), trace.SpanKindServer, "GET /stock")
	check(stock.SpanContext().TraceID() != forgets.SpanContext().TraceID(), "a forgotten span is the next request's parent")

	client.CloseIdleConnections() // or the client tries again
	status, _ = fetch(client, server.URL+"/panic")
	check(status == 0, "a panicking handler answers %d", status)
	all = spans(2)
	panicking := of(all, trace.SpanKindServer, "GET /panic")
	check(panicking.Status().Code == codes.Error && attr(panicking, "error.type") == "string" && attr(panicking, "http.response.status_code") == "" && len(panicking.Events()) == 1,
		"panic: %s %v", describe(panicking), panicking.Events())
	for _, e := range panicking.Events() {
		check(e.Name == "exception" && strings.Contains(fmt.Sprint(e.Attributes), "shopIsOnFire"), "event %v", e)
	}
	check(of(all, trace.SpanKindClient, "GET").Status().Code == codes.Error, "the client of a panicking handler has no error")

	client.CloseIdleConnections()
	fetch(client, server.URL+"/abort")
	aborted := of(spans(2), trace.SpanKindServer, "GET /abort")
	check(len(aborted.Events()) == 0 && aborted.Status().Code == codes.Error, "abort: %s %v", describe(aborted), aborted.Events())

	status, _ = fetch(client, server.URL+"/unavailable")
	all = spans(2)
	down := of(all, trace.SpanKindServer, "GET /unavailable")
	check(status == 503 && down.Status().Code == codes.Error && attr(down, "error.type") == "503", "503: %s", describe(down))
	check(attr(of(all, trace.SpanKindClient, "GET"), "error.type") == "503", "503 at the client")

	status, _ = fetch(client, server.URL+"/none")
	check(status == 404 && attr(of(spans(2), trace.SpanKindServer, "GET"), "http.response.status_code") == "404", "404")

	_, text = fetch(client, server.URL+"/events")
	check(text == "data: 1\n\ndata: 2\n\n", "events %q", text)
	spans(2)

	fetch(client, server.URL+"/moved")
	resent := 0
	for _, s := range spans(4) {
		if attr(s, "http.request.resend_count") == "1" {
			resent++
		}
	}
	check(resent == 1, "%d spans of a resent request", resent)

	status, _ = fetch(client, server.URL+"/slow/x")
	check(status == 503, "slow: %d", status)
	spans(2)

	current.Suppress(func() { fetch(client, server.URL+"/stock") })
	of(spans(1), trace.SpanKindServer, "GET /stock")

	short := "" // refused by HTTP/1; by HTTP/2 only once headers were sent, so this is
	if version == "2" {
		short = "5"
	}
	for _, c := range []struct{ method, path, size string }{
		{"GET", "/stock", "1"}, {"HEAD", "/stock", ""}, {"GET", "/size/304", ""}, {"GET", "/size/short", short}, {"GET", "/size/exact", "5"},
		{"GET", "/size/copy", "100000"}, {"HEAD", "/size/copy", ""},
	} {
		req, _ := http.NewRequest(c.method, server.URL+c.path, nil)
		if resp, err := client.Do(req); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		size := attr(of(spans(2), trace.SpanKindServer, c.method+" "+c.path), "http.response.body.size")
		check(size == c.size, "HTTP/%s %s %s: a body of %q bytes, want %q", version, c.method, c.path, size, c.size)
	}

	many(client, server.URL)
}

// many requests at once: each server span has its own client's as parent.
func many(client *http.Client, url string) {
	const n = 200
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); fetch(client, url+"/items/1") }()
	}
	wg.Wait()
	byID := map[trace.SpanID]sdk.ReadOnlySpan{}
	all := spans(4 * n)
	for _, s := range all {
		byID[s.SpanContext().SpanID()] = s
	}
	roots := 0
	for _, s := range all {
		if !s.Parent().IsValid() {
			roots++
			continue
		}
		parent := byID[s.Parent().SpanID()]
		check(parent != nil && parent.SpanKind() != s.SpanKind() && childOf(s, parent), "parent of %s", describe(s))
	}
	check(roots == n, "%d traces of %d requests", roots, n)
}

func upgrade() {
	server, _ := start(false)
	defer server.Close()
	req, _ := http.NewRequest("GET", server.URL+"/upgrade/own", nil)
	req.Header.Set("Connection", "upgrade")
	req.Header.Set("Upgrade", "echo")
	if resp, err := http.DefaultTransport.RoundTrip(req); err != nil {
		check(false, "upgrade: %v", err)
	} else {
		resp.Body.Close()
	}
	check(attr(of(spans(2), trace.SpanKindServer, "theirs"), "after.hijack") == "true", "what is said of a span after an upgrade is lost")

	target, _ := url.Parse(server.URL)
	proxy := httptest.NewServer(httputil.NewSingleHostReverseProxy(target))
	defer proxy.Close()
	for _, base := range []string{server.URL, proxy.URL} {
		req, _ := http.NewRequest("GET", base+"/upgrade", nil)
		req.Header.Set("Connection", "upgrade")
		req.Header.Set("Upgrade", "echo")
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			check(false, "upgrade: %v", err)
			continue
		}
		conn, ok := resp.Body.(io.ReadWriteCloser)
		check(ok && resp.StatusCode == 101, "upgrade: %d, body %T", resp.StatusCode, resp.Body)
		if ok {
			fmt.Fprintln(conn, "hello")
			line, err := bufio.NewReader(conn).ReadString('\n')
			check(line == "hello\n", "echo: %q %v", line, err)
		}
		resp.Body.Close()
	}
	all := spans(2 + 4 + 2*2*2)
	upgrades := map[trace.SpanID]bool{}
	for _, s := range all {
		if s.SpanKind() == trace.SpanKindServer && attr(s, "http.response.status_code") == "101" && s.Status().Code == codes.Unset {
			upgrades[s.SpanContext().SpanID()] = true
		}
	}
	check(len(upgrades) == 3, "%d spans of upgrades", len(upgrades))
	for _, s := range all {
		if s.SpanKind() != trace.SpanKindClient || !strings.HasSuffix(attr(s, "url.full"), "/stock") {
			continue
		}
		check(!s.Parent().IsValid(), "what is done on an upgraded connection has a parent")
		check(len(s.Links()) == 1 && upgrades[s.Links()[0].SpanContext.SpanID()], "what is done on an upgraded connection is linked to %v", s.Links())
	}
}

// oldMux has GODEBUG=httpmuxgo121=1.
func oldMux() {
	mux := http.NewServeMux()
	mux.HandleFunc("/old/", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewServer(mux)
	defer server.Close()
	fetch(server.Client(), server.URL+"/old/7")
	check(attr(of(spans(2), trace.SpanKindServer, "GET /old/"), "http.route") == "/old/", "no route of a mux of Go 1.21")
}

func main() {
	if len(os.Args) > 1 {
		oldMux()
		fmt.Println("done")
		return
	}
	both("1.1")
	both("2")
	upgrade()
	check(hook.Panics() == 0, "%d hooks panicked", hook.Panics())
	fmt.Println("done")
}
