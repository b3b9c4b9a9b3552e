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
	"testing"

	"go.opentelemetry.io/otel/sdk/resource"
)

// The views of a configuration file are those of the provider.
func TestViewsOfAFile(t *testing.T) {
	var sent []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		sent = append(sent, body...)
	}))
	defer server.Close()
	path := filepath.Join(t.TempDir(), "otel.yaml")
	text := `file_format: "1.0"
meter_provider:
  readers: [{periodic: {exporter: {otlp_http: {endpoint: "` + server.URL + `/v1/metrics"}}}}]
  views: [{selector: {instrument_name: "dropped.*"}, stream: {aggregation: {drop: }}}]
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := settings{getenv: func(name string) string { return map[string]string{"OTEL_CONFIG_FILE": path}[name] }, tell: func(line string) { t.Error(line) }}.withFile()
	if err != nil {
		t.Fatal(err)
	}
	m := s.newMetrics(resource.Empty(), nil)
	for _, name := range []string{"dropped.one", "kept.one"} {
		counter, _ := m.provider.Meter("m").Int64Counter(name)
		counter.Add(context.Background(), 1)
	}
	if err := m.provider.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(sent, []byte("kept.one")) || bytes.Contains(sent, []byte("dropped.one")) {
		t.Errorf("%q", sent)
	}
}
