// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"net/textproto"
	"net/url"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/environ"
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
		excluded: list(getenv("OTEL_GO_HTTP_SERVER_EXCLUDE")),
		included: list(getenv("OTEL_GO_HTTP_SERVER_INCLUDE")),
		notSent:  list(getenv("OTEL_GO_HTTP_CLIENT_EXCLUDE")),
		redacted: list(getenv("OTEL_GO_HTTP_REDACT_QUERY")),
		methods:  map[string]bool{},
	}
	s.noForwarded = strings.EqualFold(strings.TrimSpace(getenv("OTEL_GO_HTTP_TRUST_FORWARDED")), "false")
	methods := list(getenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS"))
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
	return matchesAny(s.excluded, path) || len(s.included) > 0 && !matchesAny(s.included, path)
}

// leaves reports whether requests to u aren't to be traced. A pattern without a
// slash is of the host, with or without its port.
func (s *settings) leaves(u *url.URL) bool {
	if len(s.notSent) == 0 {
		return false
	}
	for _, pattern := range s.notSent {
		if strings.Contains(pattern, "/") {
			if matches(pattern, u.Host+u.Path) || matches(pattern, u.Hostname()+u.Path) {
				return true
			}
		} else if matches(pattern, u.Host) || matches(pattern, u.Hostname()) {
			return true
		}
	}
	return false
}

func matchesAny(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if matches(pattern, text) {
			return true
		}
	}
	return false
}

// matches compares with a pattern in which each * stands for any text.
func matches(pattern, text string) bool {
	head, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == text
	}
	if !strings.HasPrefix(text, head) {
		return false
	}
	for text = text[len(head):]; ; {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(text, part)
		}
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text, rest = text[at+len(part):], after
	}
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
