// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/resource"
)

// exportTo sends one log record with a key in a header.
func exportTo(t *testing.T, lines ...string) (error, string) {
	t.Helper()
	values := map[string]string{"OTEL_EXPORTER_OTLP_HEADERS": "api-key=hunter2", "OTEL_EXPORTER_OTLP_TIMEOUT": "2000"}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		values["OTEL_EXPORTER_OTLP_"+name] = value
	}
	config := ConfigFromEnv(Logs, func(name string) string { return values[name] }, func(s string) { t.Error(s) })
	var log strings.Builder
	config.Log = &log
	err := NewLogs(config, resource.Empty(), nil).ExportLogs(context.Background(), []LogRecord{{Body: "hello"}})
	return err, log.String()
}

func TestRedirectionsAreFollowed(t *testing.T) {
	var keys, bodies []string
	there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies = append(bodies, string(body))
		keys = append(keys, r.Header.Get("api-key"))
	}))
	defer there.Close()
	status := http.StatusTemporaryRedirect
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, there.URL+"/v1/logs", status)
	}))
	defer here.Close()
	for _, code := range []int{http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		status = code
		if err, _ := exportTo(t, "PROTOCOL=http/protobuf", "ENDPOINT="+here.URL); err != nil {
			t.Error(code, err)
		}
	}
	if len(bodies) != 2 || !strings.Contains(bodies[0], "hello") || keys[0] != "hunter2" {
		t.Errorf("%q %q", bodies, keys)
	}
	there.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { keys = append(keys, r.Header.Get("api-key")) })
	here.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(there.URL, "127.0.0.1", "localhost", 1)+"/v1/logs", http.StatusTemporaryRedirect)
	})
	if err, _ := exportTo(t, "PROTOCOL=http/protobuf", "ENDPOINT="+here.URL); err != nil || keys[2] != "" {
		t.Errorf("another host got the key %q, %v", keys[2], err)
	}
	here.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/v1/logs", http.StatusTemporaryRedirect)
	})
	if err, _ := exportTo(t, "PROTOCOL=http/protobuf", "ENDPOINT="+here.URL); err == nil {
		t.Error("a circle is followed for ever")
	}
}

func TestUnixSockets(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	bodies := make(chan string, 1)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies <- string(body)
	})}
	go server.Serve(listener)
	defer server.Close()
	if err, _ := exportTo(t, "PROTOCOL=http/protobuf", "ENDPOINT=unix://"+socket); err != nil || !strings.Contains(<-bodies, "hello") {
		t.Error(err)
	}
}

func TestWarningsOfACollectorAreTold(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"partialSuccess":{"errorMessage":"use another endpoint"}}`)
	}))
	defer server.Close()
	if err, told := exportTo(t, "PROTOCOL=http/protobuf", "ENDPOINT="+server.URL); err != nil || !strings.Contains(told, "use another endpoint") {
		t.Errorf("%v %q", err, told)
	}
}
