// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"os"
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// settings are what the environment says about this package. Not changed after
// start.
type settings struct {
	disabled bool
	excluded []string // server paths; one that ends in * stands for all with that beginning
	methods  map[string]bool

	serverRequest, serverResponse, clientRequest, clientResponse headerSet
}

// headerSet is which headers become attributes: their canonical names, and the
// attributes' keys.
type headerSet []capturedHeader

type capturedHeader struct {
	name string
	key  attribute.Key
}

var set = readSettings(os.Getenv)

func readSettings(getenv func(string) string) settings {
	s := settings{
		excluded: list(getenv("OTEL_GO_HTTP_SERVER_EXCLUDE")),
		methods:  map[string]bool{},
	}
	for _, name := range list(getenv("OTEL_GO_DISABLED_INSTRUMENTATIONS")) {
		s.disabled = s.disabled || name == "net/http" || name == "nethttp"
	}
	methods := list(getenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS"))
	if len(methods) == 0 {
		methods = []string{"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}
	}
	for _, m := range methods {
		s.methods[m] = true
	}
	const capture = "OTEL_INSTRUMENTATION_HTTP_"
	s.serverRequest = headers(getenv(capture+"SERVER_CAPTURE_REQUEST_HEADERS"), httpRequestHeader)
	s.serverResponse = headers(getenv(capture+"SERVER_CAPTURE_RESPONSE_HEADERS"), httpResponseHeader)
	s.clientRequest = headers(getenv(capture+"CLIENT_CAPTURE_REQUEST_HEADERS"), httpRequestHeader)
	s.clientResponse = headers(getenv(capture+"CLIENT_CAPTURE_RESPONSE_HEADERS"), httpResponseHeader)
	return s
}

func list(text string) (words []string) {
	for _, word := range strings.Split(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

func headers(text, prefix string) (set headerSet) {
	for _, name := range list(text) {
		set = append(set, capturedHeader{http.CanonicalHeaderKey(name), attribute.Key(prefix + strings.ToLower(name))})
	}
	return set
}

// append adds the attributes of those headers of the set that are there.
func (set headerSet) append(to []attribute.KeyValue, h http.Header) []attribute.KeyValue {
	for _, c := range set {
		if values := h[c.name]; len(values) > 0 {
			to = append(to, c.key.StringSlice(values))
		}
	}
	return to
}

// excludes reports whether requests for path aren't to be traced.
func (s *settings) excludes(path string) bool {
	for _, pattern := range s.excluded {
		if prefix := strings.TrimSuffix(pattern, "*"); prefix != pattern {
			if strings.HasPrefix(path, prefix) {
				return true
			}
		} else if path == pattern {
			return true
		}
	}
	return false
}

// method is http.request.method for a request's method, where "" is GET.
func (s *settings) method(method string) string {
	switch {
	case method == "":
		return "GET"
	case s.methods[method]:
		return method
	}
	return otherMethod
}
