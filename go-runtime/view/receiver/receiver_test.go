// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/exporter/otlp"
	"otel.runtime/exporter/otlp/wire"
)

// greeting is a server span with a bit of everything.
func greeting() sdktrace.ReadOnlySpan {
	ended := tracetest.NewSpanRecorder()
	p := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(ended), sdktrace.WithSampler(sdktrace.AlwaysSample()),
		sdktrace.WithResource(resource.NewWithAttributes("https://example/schema", attribute.String("service.name", "shop"))))
	state, _ := trace.ParseTraceState("a=b")
	parent := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: trace.FlagsSampled, TraceState: state, Remote: true})
	_, span := p.Tracer("scope", trace.WithInstrumentationVersion("1.2")).Start(trace.ContextWithRemoteSpanContext(context.Background(), parent), "GET /greet",
		trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(time.Unix(1, 0)),
		trace.WithLinks(trace.Link{SpanContext: parent, Attributes: []attribute.KeyValue{attribute.Bool("l", true)}}))
	span.SetAttributes(attribute.String("s", "<x>"), attribute.Int("i", -1), attribute.Float64("f", 0.5), attribute.Float64("nan", math.NaN()), attribute.StringSlice("list", []string{"a", ""}))
	span.AddEvent("e", trace.WithTimestamp(time.Unix(2, 0)), trace.WithAttributes(attribute.Int("n", 1)))
	span.SetStatus(codes.Error, "no")
	span.End(trace.WithTimestamp(time.Unix(3, 0)))
	return ended.Ended()[0]
}

func TestJSONLine(t *testing.T) {
	spans, err := Decode(otlp.AppendRequest(nil, []sdktrace.ReadOnlySpan{greeting()}))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	lines := NewLines(&out)
	lines.Take(spans)
	if err := lines.Close(); err != nil {
		t.Fatal(err)
	}
	want := `{"trace_id":"01000000000000000000000000000000","span_id":"` + spans[0].SpanID + `","parent_span_id":"0200000000000000","name":"GET /greet","kind":"SERVER",` +
		`"start_unix_nano":1000000000,"end_unix_nano":3000000000,"attributes":{"f":0.5,"i":-1,"list":["a",""],"nan":"NaN","s":"<x>"},"status":{"code":"ERROR","message":"no"},` +
		`"events":[{"name":"e","time_unix_nano":2000000000,"attributes":{"n":1}}],` +
		`"links":[{"trace_id":"01000000000000000000000000000000","span_id":"0200000000000000","trace_state":"a=b","attributes":{"l":true},"flags":769}],` +
		`"scope":{"name":"scope","version":"1.2"},"resource":{"service.name":"shop"},"flags":769,"trace_state":"a=b","resource_schema_url":"https://example/schema"}` + "\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}

func TestValues(t *testing.T) {
	inner := wire.AppendPresentString(nil, 1, "x")
	list := wire.AppendBytes(nil, 5, wire.AppendBytes(nil, 1, inner))
	pair := wire.AppendBytes(wire.AppendString(nil, 1, "k"), 2, inner)
	for _, c := range []struct {
		message []byte
		want    any
		json    string
	}{
		{nil, nil, ""},
		{wire.AppendPresentString(nil, 1, ""), "", ""},
		{list, []any{"x"}, `["x"]`},
		{wire.AppendBytes(nil, 6, wire.AppendBytes(nil, 1, pair)), Attributes{{"k", "x"}}, `{"k":"x"}`},
		{wire.AppendBytes(nil, 7, []byte{1, 2}), []byte{1, 2}, `"AQI="`},
	} {
		got, err := decodeValue(c.message, 0)
		if err != nil || !reflect.DeepEqual(got, c.want) || Text(got) != c.json {
			t.Errorf("%x: %#v %v, text %s", c.message, got, err, Text(got))
		}
	}
	deep := inner
	for i := 0; i <= deepest; i++ {
		deep = wire.AppendBytes(nil, 5, wire.AppendBytes(nil, 1, deep))
	}
	if _, err := decodeValue(deep, 0); err == nil {
		t.Error("any depth is taken")
	}
}

// Whatever is cut off or changed, Decode returns.
func FuzzDecode(f *testing.F) {
	whole := otlp.AppendRequest(nil, []sdktrace.ReadOnlySpan{greeting()})
	for i := 0; i <= len(whole); i += 7 {
		f.Add(whole[:i])
	}
	f.Fuzz(func(t *testing.T, request []byte) {
		spans, err := Decode(request)
		if err != nil {
			return
		}
		for _, s := range spans {
			if len(s.TraceID) != 32 || len(s.SpanID) != 16 {
				t.Errorf("%+v", s)
			}
			if _, err := json.Marshal(s); err != nil {
				t.Error(err)
			}
		}
	})
}

// serve starts a server and returns its two addresses.
func serve(t *testing.T, take func([]Span)) (string, string) {
	t.Helper()
	s, err := Listen(Handler(take), "127.0.0.1:0", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s.Address(0), s.Address(1)
}

func TestBothProtocolsOnBothAddresses(t *testing.T) {
	taken := make(chan Span, 10)
	first, second := serve(t, func(spans []Span) { taken <- spans[0] })
	for _, address := range []string{first, second} {
		for _, protocol := range []otlp.Protocol{otlp.GRPC, otlp.HTTPProtobuf} {
			for _, gzip := range []bool{false, true} {
				e := otlp.New(otlp.Config{Protocol: protocol, Gzip: gzip, Timeout: 20 * time.Second, URL: &url.URL{Scheme: "http", Host: address, Path: "/v1/traces"}})
				if err := e.ExportSpans(context.Background(), []sdktrace.ReadOnlySpan{greeting()}); err != nil {
					t.Fatal(err)
				}
				if s := <-taken; s.Name != "GET /greet" {
					t.Errorf("%+v", s)
				}
				e.Shutdown(context.Background())
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	address, _ := serve(t, func([]Span) { t.Error("spans were taken") })
	transport := &http.Transport{Protocols: new(http.Protocols)}
	transport.Protocols.SetUnencryptedHTTP2(true)
	defer transport.CloseIdleConnections()
	call := func(path, body string, header ...string) *http.Response {
		r, err := http.NewRequest("POST", "http://"+address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/grpc")
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		response, err := transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
		return response
	}
	const grpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
	for _, c := range []struct{ name, path, body, encoding, status string }{
		{"malformed", grpcPath, "\x00\x00\x00\x00\x01\x0a", "", "3"},
		{"cut", grpcPath, "\x00\x00\x00\x00\x09\x0a", "", "3"},
		{"empty", grpcPath, "", "", "3"},
		{"two", grpcPath, "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "", "3"},
		{"huge", grpcPath, "\x00\xff\xff\xff\xff", "", "8"},
		{"zstd", grpcPath, "\x01\x00\x00\x00\x00", "zstd", "12"},
		{"not gzip", grpcPath, "\x01\x00\x00\x00\x01x", "gzip", "3"},
		{"flag", grpcPath, "\x02\x00\x00\x00\x00", "", "3"},
		{"method", "/other.Service/Method", "\x00\x00\x00\x00\x00", "", "12"},
	} {
		if got := call(c.path, c.body, "Grpc-Encoding", c.encoding).Header.Get("Grpc-Status"); got != c.status {
			t.Errorf("%s: grpc-status %q, want %s", c.name, got, c.status)
		}
	}
	for _, c := range []struct {
		name, body, kind, encoding string
		status                     int
	}{
		{"malformed", "\x0a", "application/x-protobuf", "", 400},
		{"not gzip", "x", "application/x-protobuf", "gzip", 400},
		{"encoding", "", "application/x-protobuf", "br", 400},
		{"json", "{", "application/json", "", 400},
		{"text", "{}", "text/plain", "", 415},
	} {
		if got := call("/v1/traces", c.body, "Content-Type", c.kind, "Content-Encoding", c.encoding).StatusCode; got != c.status {
			t.Errorf("%s: HTTP %d, want %d", c.name, got, c.status)
		}
	}
}

// chunks sends each written text to a channel.
type chunks chan string

func (c chunks) Write(p []byte) (int, error) { c <- string(p); return len(p), nil }

func TestTreesJoinServices(t *testing.T) {
	out := make(chunks, 10)
	trees := NewTrees(out)
	trees.quiet, trees.patience = time.Millisecond, time.Hour
	of := func(service, id, parent string, ms uint64) Span {
		return Span{TraceID: "t", SpanID: id, ParentSpanID: parent, Name: service + id, Kind: "SERVER", Start: ms * 1e6, End: ms * 1e6, Resource: Attributes{{"service.name", service}}}
	}
	trees.Take([]Span{of("back", "3", "2", 3)})
	trees.Take([]Span{of("front", "2", "1", 2), of("front", "1", "", 1)})
	want := "trace t  2ms  3 spans\n└─ SERVER front1  0s  [front]\n   └─ SERVER front2  0s\n      └─ SERVER back3  0s  [back]\n"
	if got := <-out; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	trees.Take([]Span{of("back", "4", "9", 3)}) // its parent never comes
	if err := trees.Close(); err != nil {
		t.Error(err)
	}
	if got := <-out; !strings.Contains(got, "back4") {
		t.Error(got)
	}
	trees.patience = time.Millisecond
	trees.Take([]Span{of("back", "5", "9", 3)})
	if got := <-out; !strings.Contains(got, "back5") {
		t.Error(got)
	}
}

// running is the command in the background.
type running struct {
	status chan int
	stderr *bytes.Buffer
	grpc   string
	stop   context.CancelFunc
}

func run(t *testing.T, out string, args ...string) running {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready")
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r := running{status: make(chan int, 1), stderr: &bytes.Buffer{}, stop: cancel}
	args = append([]string{"--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--json", "--ready", ready, "--out", out}, args...)
	go func() { r.status <- Run(ctx, args, nil, r.stderr) }()
	for {
		content, err := os.ReadFile(ready)
		if errors.Is(err, os.ErrNotExist) {
			time.Sleep(time.Millisecond) // a file has no channel
			continue
		}
		lines := strings.Split(string(content), "\n")
		if err != nil || len(lines) != 3 || !strings.HasPrefix(lines[0], "grpc=127.0.0.1:") || !strings.HasPrefix(lines[1], "http=127.0.0.1:") {
			t.Fatalf("%q %v", content, err)
		}
		r.grpc = strings.TrimPrefix(lines[0], "grpc=")
		return r
	}
}

func TestCommandEnds(t *testing.T) {
	for name, c := range map[string]struct {
		args   []string
		spans  int
		stop   bool
		status int
	}{
		"enough":         {[]string{"--exit-after-spans", "2"}, 2, false, 0},
		"signal":         {nil, 1, true, 0},
		"time is over":   {[]string{"--timeout", "30ms"}, 0, false, 0},
		"spans missing":  {[]string{"--timeout", "30ms", "--exit-after-spans", "1"}, 0, false, 3},
		"enough in time": {[]string{"--timeout", "1h", "--exit-after-spans", "1"}, 1, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			r := run(t, out, c.args...)
			e := otlp.New(otlp.Config{Protocol: otlp.GRPC, Timeout: 20 * time.Second, URL: &url.URL{Scheme: "http", Host: r.grpc}})
			defer e.Shutdown(context.Background())
			for i := 0; i < c.spans; i++ {
				if err := e.ExportSpans(context.Background(), []sdktrace.ReadOnlySpan{greeting()}); err != nil {
					t.Fatal(err)
				}
			}
			if c.stop {
				r.stop()
			}
			status := <-r.status
			written, err := os.ReadFile(out)
			if err != nil || status != c.status || bytes.Count(written, []byte("\n")) != c.spans || r.stderr.Len() > 0 {
				t.Errorf("status %d, %q, %v, stderr %q", status, written, err, r.stderr)
			}
		})
	}
}

func TestCommandUsage(t *testing.T) {
	for _, c := range []struct {
		args   []string
		status int
		stderr string
	}{
		{[]string{"--help"}, 0, "-exit-after-spans"},
		{[]string{"--nope"}, 2, "-nope"},
		{[]string{"extra"}, 2, `unexpected argument "extra"`},
		{[]string{"--grpc", "nowhere:none"}, 1, "otel-receiver: listen tcp"},
		{[]string{"--out", "/no/such/folder/x"}, 1, "no such file"},
	} {
		var stderr bytes.Buffer
		if got := Run(context.Background(), c.args, io.Discard, &stderr); got != c.status || !strings.Contains(stderr.String(), c.stderr) {
			t.Errorf("%v: status %d, %q", c.args, got, &stderr)
		}
	}
}
