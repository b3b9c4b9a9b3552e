// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/resource"
)

// metricsOfFile is what a configuration file makes of metrics, with URL for that of a
// server; the bodies that the server gets, and the lines that are told.
func metricsOfFile(t *testing.T, text string) (m *metrics, sent *[]byte, told []string) {
	t.Helper()
	sent = new([]byte)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*sent = append(*sent, body...)
	}))
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "otel.yaml")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "URL", server.URL+"/v1/metrics")), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := settings{getenv: func(name string) string { return map[string]string{"OTEL_CONFIG_FILE": path}[name] }, report: func(line string) { told = append(told, line) }}.withFile()
	if err != nil {
		t.Fatal(err)
	}
	return s.newMetrics(resource.Empty(), nil), sent, told
}
