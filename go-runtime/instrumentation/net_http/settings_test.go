// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/url"
	"testing"
)

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"/healthz", "/healthz", true}, {"/healthz", "/healthz/x", false}, {"/debug/*", "/debug/pprof", true}, {"/debug/*", "/debug", false},
		{"*", "", true}, {"*.internal", "a.b.internal", true}, {"*.internal", "internal", false}, {"/users/*/avatar", "/users/7/avatar", true},
		{"/users/*/avatar", "/users/7/name", false}, {"a*b*c", "abc", true}, {"a*b*c", "acb", false}, {"a*a", "a", false}, {"", "", true},
	} {
		if got := matches(test.pattern, test.text); got != test.want {
			t.Errorf("%s %s: %v", test.pattern, test.text, got)
		}
	}
}

func TestSwitches(t *testing.T) {
	configure(t, map[string]string{
		"OTEL_GO_HTTP_SERVER_INCLUDE": "/api/*", "OTEL_GO_HTTP_SERVER_EXCLUDE": "/api/health",
		"OTEL_GO_HTTP_CLIENT_EXCLUDE": "*.internal, api.example/health*, db:9000", "OTEL_GO_HTTP_REDACT_QUERY": "user, q",
		"OTEL_GO_DISABLED_INSTRUMENTATIONS": "gin, net/http:metrics, net/http:client",
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
	if !set.noClient || set.noServer || !set.noMetrics {
		t.Errorf("%+v", set)
	}
	configure(t, map[string]string{"OTEL_GO_HTTP_REDACT_QUERY": "*", "OTEL_GO_DISABLED_INSTRUMENTATIONS": "net/http"})
	if got := redactQuery("page=4&x"); got != "page=REDACTED&x" || !set.noClient || !set.noServer {
		t.Errorf("%s %+v", got, set)
	}
}
