// SPDX-License-Identifier: Apache-2.0

package servers

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Elasticsearch starts a server that answers as Elasticsearch, or OpenSearch, does, in
// the same form to all that is asked for, and returns its port. There is no index none;
// of index busy the first answer is 502, and of index slow there is none in time.
func Elasticsearch(t testing.TB) string {
	t.Helper()
	const found = `{"cluster_name":"test","version":{"number":"8.12.0","build_flavor":"default"},"tagline":"You Know, for Search","_index":"shop","_id":"7","found":true,"took":1,"timed_out":false,` +
		`"result":"created","_shards":{"total":1,"successful":1,"failed":0},"hits":{"total":{"value":1,"relation":"eq"},"hits":[]},"acknowledged":true,"index":"shop"}`
	busy := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		index, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		w.Header().Set("X-Elastic-Product", "Elasticsearch")
		w.Header().Set("X-Found-Handling-Cluster", "cluster-1")
		w.Header().Set("X-Found-Handling-Instance", "instance-1")
		w.Header().Set("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
		if r.Header.Get("Accept") == "" || !strings.Contains(r.Header.Get("Accept"), "vnd.elasticsearch") {
			w.Header().Set("Content-Type", "application/json")
		}
		switch {
		case index == "none":
			w.WriteHeader(http.StatusNotFound)
			io.WriteString(w, `{"error":{"type":"index_not_found_exception","reason":"no such index [none]"},"status":404}`)
		case index == "busy" && busy:
			busy = false
			w.WriteHeader(http.StatusBadGateway)
		case index == "slow":
			select {
			case <-r.Context().Done():
			case <-time.After(10 * time.Second):
			}
		default:
			io.WriteString(w, found)
		}
	}))
	t.Cleanup(server.Close)
	of, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return of.Port()
}
