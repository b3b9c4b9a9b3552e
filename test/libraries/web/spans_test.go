// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"

	"otel.runtime/receiver"
)

// traced runs a woven program and returns its output and the spans that came.
func traced(t *testing.T, executable string, env ...string) (string, []receiver.Span) {
	t.Helper()
	var mu sync.Mutex
	var spans []receiver.Span
	server, err := receiver.Listen(receiver.Handler(func(got []receiver.Span) {
		mu.Lock()
		defer mu.Unlock()
		spans = append(spans, got...)
	}), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	out := output(t, executable, append(env, "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+server.Address(0),
		"OTEL_SERVICE_NAME=web")...)
	mu.Lock()
	defer mu.Unlock()
	return out, spans
}

// render writes spans as trees with everything that is said of them, sorted so
// that the text doesn't depend on time. What differs from run to run is
// replaced: ports, stack traces by "…" if they are there.
func render(spans []receiver.Span) string {
	children := map[string][]receiver.Span{}
	known := map[string]bool{}
	for _, span := range spans {
		known[span.SpanID] = true
	}
	for _, span := range spans {
		parent := span.ParentSpanID
		if !known[parent] {
			parent = ""
		}
		children[parent] = append(children[parent], span)
	}
	var trees func(parent, indent string) []string
	trees = func(parent, indent string) (texts []string) {
		for _, span := range children[parent] {
			text := indent + line(span, indent)
			for _, child := range trees(span.SpanID, indent+"    ") {
				text += child
			}
			texts = append(texts, text)
		}
		sort.Strings(texts)
		return texts
	}
	return ports.ReplaceAllString(strings.Join(trees("", ""), ""), "${1}PORT")
}

var ports = regexp.MustCompile(`(\.port=|127\.0\.0\.1:|localhost:)\d+`)

func line(span receiver.Span, indent string) string {
	text := fmt.Sprintf("%s %q", span.Kind, span.Name)
	if span.Status.Code != "UNSET" {
		text += fmt.Sprintf(" %s %q", span.Status.Code, span.Status.Message)
	}
	text += "\n"
	for _, attribute := range attributes(span.Attributes) {
		text += indent + "  " + attribute + "\n"
	}
	for _, event := range span.Events {
		text += indent + "  event " + event.Name + " " + strings.Join(attributes(event.Attributes), " ") + "\n"
	}
	return text
}

func attributes(all receiver.Attributes) (texts []string) {
	for _, a := range all {
		value := fmt.Sprint(a.Value)
		if a.Key == "exception.stacktrace" && strings.HasPrefix(value, "goroutine ") {
			value = "…"
		}
		texts = append(texts, a.Key+"="+value)
	}
	sort.Strings(texts)
	return texts
}

// compare checks text against a file of testdata, or writes it there if
// OTEL_UPDATE_GOLDEN is set.
func compare(t *testing.T, text, file string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(file))
	if os.Getenv("OTEL_UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("not as in %s:\n%s", path, difference(string(want), text))
	}
}

// difference lists the lines of one text that aren't in the other, in order.
func difference(want, got string) string {
	var out strings.Builder
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(a) > 0 && len(b) > 0 && a[0] == b[0]:
			a, b = a[1:], b[1:]
		case len(a) > 0 && (len(b) == 0 || len(a) >= len(b)):
			fmt.Fprintln(&out, "-", a[0])
			a = a[1:]
		default:
			fmt.Fprintln(&out, "+", b[0])
			b = b[1:]
		}
	}
	return out.String()
}
