// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/otlp"
	"otel.runtime/telemetry/logs"
)

// ofFile are the settings of a configuration file.
func ofFile(t *testing.T, text string) (s settings, told *[]string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "otel.yaml")
	if err := os.WriteFile(path, []byte("file_format: \"1.0\"\n"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	told = new([]string)
	s, err := settings{getenv: func(name string) string { return map[string]string{"OTEL_CONFIG_FILE": path}[name] }, report: func(line string) { *told = append(*told, line) }}.withFile()
	if err != nil {
		t.Fatal(err)
	}
	return s, told
}

// Each processor and each reader of a file exports to where it says, with what it says.
func TestEachPipelineOfAFileExports(t *testing.T) {
	var mu sync.Mutex
	got := map[string][]byte{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		key := r.URL.Path + " " + r.Header.Get("Who")
		got[key] = append(got[key], body...)
	}))
	defer server.Close()
	exporter := func(path, who string) string {
		return "{otlp_http: {endpoint: \"" + server.URL + path + "\", headers: [{name: who, value: " + who + "}]}}"
	}
	two := func(kind, path string) string {
		return "[{" + kind + ": {exporter: " + exporter(path, "first") + "}}, {" + kind + ": {exporter: " + exporter(path, "second") + "}}]"
	}
	s, told := ofFile(t, "tracer_provider: {processors: "+two("batch", "/t")+"}\nlogger_provider: {processors: "+two("batch", "/l")+"}\n"+
		"meter_provider: {readers: [{periodic: {exporter: "+exporter("/m", "first")+"}}, {periodic: {cardinality_limits: {default: 2}, exporter: "+exporter("/m", "second")+"}}]}\n")
	ctx := context.Background()
	made := s.newProvider(resource.Empty())
	made.metrics, made.logs = s.newMetrics(resource.Empty(), nil), s.startLogs(resource.Empty(), nil)
	_, span := made.provider.Tracer("t").Start(ctx, "a span")
	span.End()
	counter, _ := made.metrics.provider.Meter("m").Int64Counter("a counter")
	for _, value := range []string{"one", "two", "three"} {
		counter.Add(ctx, 1, metric.WithAttributes(attribute.String("value", value)))
	}
	logs.Emit(otlp.LogRecord{Body: "a record"})
	for _, err := range []error{made.flushSpans(ctx), made.metrics.provider.ForceFlush(ctx), made.flushLogs(ctx)} {
		if err != nil {
			t.Error(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, who := range []string{"first", "second"} {
		if !bytes.Contains(got["/t "+who], []byte("a span")) || !bytes.Contains(got["/m "+who], []byte("a counter")) || !bytes.Contains(got["/l "+who], []byte("a record")) {
			t.Errorf("%s gets %q", who, got)
		}
	}
	if bytes.Contains(got["/m first"], []byte("otel.metric.overflow")) || !bytes.Contains(got["/m second"], []byte("otel.metric.overflow")) {
		t.Errorf("the limit of the second reader: %q", got)
	}
	if len(got) != 6 || len(*told) > 0 || statsOf(made.otlp).Sent != 2 {
		t.Errorf("%d requests, %q, %+v", len(got), *told, statsOf(made.otlp))
	}
}

// A view's limit is that of its stream alone.
func TestViewsOfAFileHaveLimits(t *testing.T) {
	m, sent, told := metricsOfFile(t, `file_format: "1.0"
meter_provider:
  readers: [{periodic: {exporter: {otlp_http: {endpoint: "URL"}}}}]
  views:
  - {selector: {instrument_name: "few.*"}, stream: {aggregation_cardinality_limit: 3}}
  - {selector: {instrument_name: "few.renamed"}, stream: {name: other}}
`)
	var work sync.WaitGroup
	for _, name := range []string{"many", "few.one", "few.two", "few.renamed", "many.more"} {
		work.Add(1)
		go func() {
			defer work.Done()
			counter, _ := m.provider.Meter(name).Int64Counter(name)
			for _, value := range strings.Split("abcdefgh", "") {
				counter.Add(context.Background(), 1, metric.WithAttributes(attribute.String("value", name+"="+value)))
			}
		}()
	}
	work.Wait()
	if err := m.provider.ForceFlush(context.Background()); err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string]int{"many=h": 1, "many.more=h": 1, "few.one=a": 1, "few.one=b": 1, "few.one=c": 0, "few.two=h": 0, "few.renamed=h": 1, "otel.metric.overflow": 3} {
		if n := bytes.Count(*sent, []byte(value)); n != want {
			t.Errorf("%s is there %d times, not %d", value, n, want)
		}
	}
	if len(told) > 0 {
		t.Errorf("%q", told)
	}
}
