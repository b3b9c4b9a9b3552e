// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"net/textproto"
	"net/url"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/environ"
	"otel.runtime/internal/pattern"
	"otel.runtime/internal/redact"
)

// settings are what the environment says about HTTP, whatever library it is by.
// Not changed after start.
type settings struct {
	noForwarded bool // what proxies say isn't believed

	excluded, included []string // patterns of paths of the server
	notSent            []string // patterns of hosts with paths of the client
	redacted           []string // query keys
	methods            map[string]bool

	serverRequest, serverResponse, clientRequest, clientResponse headerSet
}

// headerSet is which headers become attributes: their canonical names, and the
// attributes' keys.
type headerSet []capturedHeader

type capturedHeader struct {
	name     string
	key      attribute.Key
	isSecret bool // by its name, as that of Authorization and Cookie
}

var set = readSettings(environ.Get)

// Configure reads the settings anew, for tests; restore has those of before.
func Configure(getenv func(string) string) (restore func()) {
	before := set
	set = readSettings(getenv)
	return func() { set = before }
}

// Captures reports whether headers of a server's responses become attributes.
func Captures() bool { return len(set.serverResponse) > 0 }

// Excludes reports whether requests to u aren't to be traced by a client.
func Excludes(u *url.URL) bool { return set.leaves(u) }

func readSettings(getenv func(string) string) settings {
	s := settings{
		excluded: pattern.List(getenv("OTEL_GO_HTTP_SERVER_EXCLUDE")),
		included: pattern.List(getenv("OTEL_GO_HTTP_SERVER_INCLUDE")),
		notSent:  pattern.List(getenv("OTEL_GO_HTTP_CLIENT_EXCLUDE")),
		redacted: pattern.List(getenv("OTEL_GO_HTTP_REDACT_QUERY")),
		methods:  map[string]bool{},
	}
	s.noForwarded = strings.EqualFold(strings.TrimSpace(getenv("OTEL_GO_HTTP_TRUST_FORWARDED")), "false")
	methods := pattern.List(getenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS"))
	if len(methods) == 0 {
		methods = []string{"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}
	}
	for _, m := range methods {
		s.methods[m] = true
	}
	const capture = "OTEL_INSTRUMENTATION_HTTP_"
	s.serverRequest = headers(getenv(capture+"SERVER_CAPTURE_REQUEST_HEADERS"), requestHeader)
	s.serverResponse = headers(getenv(capture+"SERVER_CAPTURE_RESPONSE_HEADERS"), responseHeader)
	s.clientRequest = headers(getenv(capture+"CLIENT_CAPTURE_REQUEST_HEADERS"), requestHeader)
	s.clientResponse = headers(getenv(capture+"CLIENT_CAPTURE_RESPONSE_HEADERS"), responseHeader)
	return s
}

func headers(text, prefix string) (set headerSet) {
	for _, name := range pattern.List(text) {
		set = append(set, capturedHeader{textproto.CanonicalMIMEHeaderKey(name), attribute.Key(prefix + strings.ToLower(name)), redact.IsSecret(name)})
	}
	return set
}

// append adds the attributes of those headers of the set that are there, without
// the credentials in them.
func (set headerSet) append(to []attribute.KeyValue, h Header) []attribute.KeyValue {
	for _, c := range set {
		if values := h.Named(c.name); len(values) > 0 {
			to = append(to, c.key.StringSlice(c.told(values)))
		}
	}
	return to
}

func (c capturedHeader) told(values []string) []string {
	told := make([]string, len(values))
	for i, value := range values {
		if c.isSecret {
			told[i] = redact.Mark
		} else {
			told[i] = redact.Text(value)
		}
	}
	return told
}

// excludes reports whether requests for path aren't to be traced.
func (s *settings) excludes(path string) bool {
	return pattern.MatchesAny(s.excluded, path) || len(s.included) > 0 && !pattern.MatchesAny(s.included, path)
}

// leaves reports whether requests to u aren't to be traced. A pattern without a
// slash is of the host, with or without its port.
func (s *settings) leaves(u *url.URL) bool {
	if len(s.notSent) == 0 {
		return false
	}
	for _, p := range s.notSent {
		if strings.Contains(p, "/") {
			if pattern.Matches(p, u.Host+u.Path) || pattern.Matches(p, u.Hostname()+u.Path) {
				return true
			}
		} else if pattern.Matches(p, u.Host) || pattern.Matches(p, u.Hostname()) {
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
	return Other
}
