// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"otel.runtime/instrumentation"
	"otel.runtime/telemetry/carrier"
)

func TestSettings(t *testing.T) {
	configured(t, map[string]string{
		"OTEL_GO_HTTP_SERVER_INCLUDE": "/api/*", "OTEL_GO_HTTP_SERVER_EXCLUDE": "/api/health",
		"OTEL_GO_HTTP_CLIENT_EXCLUDE": "*.internal, api.example/health*, db:9000", "OTEL_GO_HTTP_REDACT_QUERY": "user, q",
	})
	for path, want := range map[string]bool{"/api/x": false, "/api/health": true, "/": true} {
		if set.excludes(path) != want {
			t.Errorf("%s: %v", path, !want)
		}
	}
	for address, want := range map[string]bool{
		"http://a.internal:80/x": true, "http://api.example:8080/healthz": true, "http://api.example/orders": false, "http://db:9000": true, "http://db:9001": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if set.leaves(u) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
	if got := redactQuery("user=1&q=2&token=3&page=4"); got != "user=REDACTED&q=REDACTED&token=REDACTED&page=4" {
		t.Error(got)
	}
	configured(t, map[string]string{"OTEL_GO_HTTP_REDACT_QUERY": "*"})
	if got := redactQuery("page=4&x"); got != "page=REDACTED&x" {
		t.Error(got)
	}
}

func configured(t *testing.T, env map[string]string) {
	t.Cleanup(Configure(func(name string) string { return env[name] }))
}

// Metrics have the scheme as an attribute: no client makes one up.
func TestSchemesAreFromAClosedSet(t *testing.T) {
	seen := map[string]bool{}
	for i := 0; i < 100; i++ {
		for _, proto := range []string{fmt.Sprint("p", i), "HTTPS", "wss", "http", "", " ", "https,http"} {
			for name, value := range map[string]string{"X-Forwarded-Proto": proto, "Forwarded": "for=a;proto=" + proto} {
				seen[originOf(carrier.Canonical{name: {value}}).proto] = true
			}
		}
	}
	if len(seen) != 3 || !seen["http"] || !seen["https"] || !seen[""] {
		t.Errorf("%v", seen)
	}
}

// What is recorded for requests like earlier ones costs no memory of ours.
func TestRecordingAllocatesNothingForKnownAttributes(t *testing.T) {
	s := NewServer(instrumentation.New("otel.runtime/test"))
	ctx := context.Background()
	if n := testing.AllocsPerRun(100, func() {
		s.cases.Get(serverCase{method: "GET", scheme: "http", status: 200}, serverCase.attributes)
		s.count(ctx, "GET", "http", 1)
	}); n > 4 { // the keys, boxed for the map
		t.Errorf("%v allocations", n)
	}
}
