// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/conventions/httpconv"
)

// A mux that sends a CONNECT to the same path with a slash at its end says that this
// path is the pattern: a client could make up any number.
func TestRoutesAreOfTheProgram(t *testing.T) {
	m := http.NewServeMux()
	m.HandleFunc("/tree/{id}/", nothing)
	m.HandleFunc("/users/{id}", nothing)
	counted(t)
	for i := 0; i < 50; i++ {
		for _, path := range []string{"/tree/%d", "//tree//x/../%d", "/tree/%d/", "/tree/%d/leaf", "/users/%d", "/users/%d/", "/%d"} {
			for _, method := range []string{"GET", "CONNECT", "BREW"} {
				record(t, sdk.AlwaysSample())
				req := request("GET", fmt.Sprintf(path, i))
				req.Method = method
				serve(t, req, func(w http.ResponseWriter, r *http.Request) { mux(m, w, r) }, responseState{})
			}
		}
	}
	routes := map[string]bool{}
	for series := range counted(t) {
		if _, route, found := strings.Cut(series, "http.route="); found {
			route, _, _ = strings.Cut(strings.TrimSuffix(route, "}"), ",")
			routes[route] = true
		}
	}
	if len(routes) != 2 || !routes["/tree/{id}/"] || !routes["/users/{id}"] {
		t.Errorf("%v", routes)
	}
}

// Hosts that a client is sent to, by whomever, are a bounded number.
func TestClientAddressesAreBounded(t *testing.T) {
	defer func(before *httpconv.Client) { client = before }(client)
	client = httpconv.NewClient(library)
	record(t, sdk.AlwaysSample())
	counted(t)
	for i := 0; i < 1000; i++ {
		if _, err := roundTrip(get(t, fmt.Sprintf("http://host%d.example:%d/", i, 1+i)), answers(200, text(""))); err != nil {
			t.Fatal(err)
		}
	}
	all, others := counted(t), int64(0)
	for series, n := range all {
		if strings.Contains(series, "server.address=_OTHER") {
			others += n
		}
	}
	if len(all) > httpconv.MostAddresses+1 || others < int64(1000-httpconv.MostAddresses) {
		t.Errorf("%d series, %d requests in the one of others", len(all), others)
	}
}

// What proxies say is believed unless OTEL_GO_HTTP_TRUST_FORWARDED says otherwise.
func TestForwardedIsTrustedByDefault(t *testing.T) {
	for value, trusted := range map[string]bool{"": true, "true": true, "false": false, " False": false} {
		configure(t, map[string]string{"OTEL_GO_HTTP_TRUST_FORWARDED": value})
		for _, headers := range [][]string{{"X-Forwarded-For", "10.1.2.3", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "a.example"}, {"Forwarded", "for=10.1.2.3;proto=https;host=a.example"}} {
			want := map[attribute.Key]string{httpconv.ClientAddress: "192.0.2.1", httpconv.URLScheme: "http", httpconv.ServerAddress: "example.com"}
			if trusted {
				want = map[attribute.Key]string{httpconv.ClientAddress: "10.1.2.3", httpconv.URLScheme: "https", httpconv.ServerAddress: "a.example"}
			}
			ended := record(t, sdk.AlwaysSample())
			serve(t, request("GET", "/", headers...), nothing, responseState{})
			has(t, only(t, ended).Attributes(), want)
		}
	}
}
