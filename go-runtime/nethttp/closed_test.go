// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"fmt"
	"net/http"
	"testing"
)

// Metrics have the scheme as an attribute: no client makes one up.
func TestSchemesAreFromAClosedSet(t *testing.T) {
	seen := map[string]bool{}
	for i := 0; i < 100; i++ {
		for _, proto := range []string{fmt.Sprint("p", i), "HTTPS", "wss", "http", "", " ", "https,http"} {
			for name, value := range map[string]string{"X-Forwarded-Proto": proto, "Forwarded": "for=a;proto=" + proto} {
				req := &http.Request{Header: http.Header{name: {value}}}
				seen[schemeOf(req, originOf(req.Header))] = true
			}
		}
	}
	if len(seen) != 2 || !seen["http"] || !seen["https"] {
		t.Errorf("%v", seen)
	}
}
