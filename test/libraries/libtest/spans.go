// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"otel.runtime/view/receiver"

	"libraries/semconv"
)

// Exported is what a program has exported.
type Exported struct {
	Spans   []receiver.Span
	Metrics []receiver.Metric
	// Requests are the bodies of what was sent, without compression, by path:
	// "/v1/traces", …
	Requests map[string][][]byte
}

// OldRPC has names of old RPC conventions beside the new ones.
const OldRPC = "OTEL_SEMCONV_STABILITY_OPT_IN=http,rpc/dup"

// RunWoven runs a woven executable with an OTLP receiver and returns what it has
// written, as Run does, and what it has exported, which must be as the semantic
// conventions say.
func RunWoven(t testing.TB, executable string, env []string, args ...string) (string, Exported) {
	t.Helper()
	var mu sync.Mutex
	e := Exported{Requests: map[string][][]byte{}}
	handler := receiver.Signals{
		Spans: func(spans []receiver.Span) {
			mu.Lock()
			defer mu.Unlock()
			e.Spans = append(e.Spans, spans...)
		},
		Metrics: func(metrics []receiver.Metric) {
			mu.Lock()
			defer mu.Unlock()
			e.Metrics = append(e.Metrics, metrics...)
		},
	}.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		e.Requests[r.URL.Path] = append(e.Requests[r.URL.Path], body)
		mu.Unlock()
		if r.URL.Path == "/v1/logs" {
			w.Header().Set("Content-Type", "application/x-protobuf") // an empty answer: all is well
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	out := Run(t, executable, append([]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT=" + server.URL, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
		"OTEL_METRICS_EXPORTER=none", "OTEL_LOGS_EXPORTER=none",
	}, env...), args...)
	server.Close()
	spans, metrics := e.Spans, e.Metrics
	if slices.Contains(env, OldRPC) {
		oldSpans, oldMetrics := semconv.OldRPC(spans, metrics)
		checkPage(t, TelemetryOf(oldSpans, oldMetrics, "rpc/dup"))
		spans, metrics = semconv.WithoutOldRPC(spans), semconv.WithoutOldRPCMetrics(metrics)
	}
	checkPage(t, TelemetryOf(spans, metrics, ""))
	breaches, err := semconv.Check(spans)
	if err != nil {
		t.Error(err)
	}
	ofMetrics, err := semconv.CheckMetrics(metrics)
	if err != nil {
		t.Error(err)
	}
	for _, breach := range append(breaches, ofMetrics...) {
		t.Errorf("semantic conventions: %s", breach)
	}
	return out, e
}

// Holds reports whether text is anywhere in what was exported.
func (e Exported) Holds(text string) bool {
	for _, bodies := range e.Requests {
		for _, body := range bodies {
			if bytes.Contains(body, []byte(text)) || bytes.Contains(body, []byte(Hex([]byte(text)))) {
				return true
			}
		}
	}
	return false
}

// Hex is bytes as ids are written.
func Hex(bytes []byte) string { return hex.EncodeToString(bytes) }

// TraceOf is the spans of the trace that has the first span of a name.
func (e Exported) TraceOf(t testing.TB, name string) (trace Exported) {
	t.Helper()
	first := -1
	for i, s := range e.Spans {
		if s.Name == name && (first < 0 || s.Start < e.Spans[first].Start) {
			first = i
		}
	}
	if first < 0 {
		t.Fatalf("no span %q in:\n%s", name, e.Text())
	}
	for _, s := range e.Spans {
		if s.TraceID == e.Spans[first].TraceID {
			trace.Spans = append(trace.Spans, s)
		}
	}
	return trace
}

// Text is the spans as trees, a line for each, in the order of their start, with
// each attribute; more than five equal ones in a row are one line. What differs
// from run to run is replaced as old, new, … say.
func (e Exported) Text(replacements ...string) string {
	children := map[string][]receiver.Span{}
	known := map[string]bool{}
	for _, s := range e.Spans {
		known[s.SpanID] = true
	}
	for _, s := range e.Spans {
		parent := s.ParentSpanID
		if parent != "" && !known[parent] {
			parent = "lost"
		}
		children[parent] = append(children[parent], s)
	}
	var out strings.Builder
	var write func(parent, indent string)
	write = func(parent, indent string) {
		spans := children[parent]
		sort.SliceStable(spans, func(i, j int) bool { return spans[i].Start < spans[j].Start })
		for i := 0; i < len(spans); {
			text, times := line(spans[i]), 1
			for i+times < len(spans) && line(spans[i+times]) == text && len(children[spans[i+times].SpanID]) == 0 {
				times++
			}
			if times > 5 {
				text += fmt.Sprintf(" | %d times", times)
			} else {
				times = 1
			}
			out.WriteString(indent + text + "\n")
			write(spans[i].SpanID, indent+"  ")
			i += times
		}
	}
	write("", "")
	if len(children["lost"]) > 0 {
		out.WriteString("PARENT LOST\n")
		write("lost", "  ")
	}
	text := ownPort.ReplaceAllString(out.String(), "${1}LOCAL->")
	return strings.NewReplacer(replacements...).Replace(text)
}

// ownPort is the program's own end of a connection, in an error of package net.
var ownPort = regexp.MustCompile(`(tcp [0-9.]+:)[0-9]+->`)

func line(s receiver.Span) string {
	text := s.Name + " | " + s.Kind
	if s.Status.Code != "UNSET" {
		text += " " + s.Status.Code
		if s.Status.Message != "" {
			text += " (" + s.Status.Message + ")"
		}
	}
	// What net/http says of itself is tested elsewhere.
	if s.Scope.Name != "otel.runtime/nethttp" {
		var all []string
		for _, a := range s.Attributes {
			all = append(all, fmt.Sprintf("%s=%v", a.Key, a.Value))
		}
		sort.Strings(all)
		text += " | " + strings.Join(all, " ")
		for _, e := range s.Events {
			text += " | event " + e.Name
			for _, a := range e.Attributes {
				text += fmt.Sprintf(" %s=%v", a.Key, a.Value)
			}
		}
		if s.Scope.SchemaURL == "" {
			text += " | no schema URL"
		}
	}
	return text
}

// Golden compares text with the file testdata/name, or writes it there if
// OTEL_UPDATE_GOLDEN is set.
func Golden(t testing.TB, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("OTEL_UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s:\n%s", path, Difference(string(want), text))
	}
}

// Difference lists the lines that only one of two texts has.
func Difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case i < len(a) && (j >= len(b) || index(b[j:], a[i]) < 0):
			fmt.Fprintln(&out, "- "+a[i])
			i++
		default:
			fmt.Fprintln(&out, "+ "+b[j])
			j++
		}
	}
	return out.String()
}

func index(lines []string, line string) int {
	for i, l := range lines {
		if l == line {
			return i
		}
	}
	return -1
}
