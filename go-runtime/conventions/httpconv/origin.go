// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"strconv"
	"strings"
)

// origin is what proxies say about the original request: the first element of
// Forwarded (RFC 7239), else of the X-Forwarded headers. Empty where they say
// nothing, or where OTEL_GO_HTTP_TRUST_FORWARDED is false. By default they are
// believed, as the semantic conventions have it.
//
// https://opentelemetry.io/docs/specs/semconv/http/http-spans/#setting-serveraddress-and-serverport-attributes
type origin struct{ client, host, proto string }

func originOf(h Header) (o origin) {
	if set.noForwarded {
		return o
	}
	if first := firstElement(h, "Forwarded"); first != "" {
		for _, pair := range strings.Split(first, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			value = strings.Trim(value, `"`)
			switch strings.ToLower(name) {
			case "for":
				o.client, _ = splitHostPort(value)
			case "host":
				o.host = value
			case "proto":
				o.proto = closedScheme(value)
			}
		}
		return o
	}
	o.client, _ = splitHostPort(firstElement(h, "X-Forwarded-For"))
	o.host = firstElement(h, "X-Forwarded-Host")
	o.proto = closedScheme(firstElement(h, "X-Forwarded-Proto"))
	return o
}

// closedScheme is http or https, which metrics have as an attribute; anything else that
// a client makes up is as if it weren't there.
func closedScheme(proto string) string {
	switch strings.ToLower(proto) {
	case "http", "ws":
		return "http"
	case "https", "wss":
		return "https"
	}
	return ""
}

// firstElement is the first of a header's comma-separated elements.
func firstElement(h Header, canonical string) string {
	values := h.Named(canonical)
	if len(values) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(values[0], ",")
	return strings.TrimSpace(first)
}

// splitHostPort splits "host", "host:port", "[v6]", "[v6]:port" and "v6"; port
// is 0 where there is none.
func splitHostPort(text string) (host string, port int) {
	if at := strings.LastIndexByte(text, '@'); at >= 0 { // a user, who doesn't belong there
		text = text[at+1:]
	}
	if strings.ContainsAny(text, "/?#\\\"'<>{}; \t") { // no host
		return "", 0
	}
	if strings.HasPrefix(text, "[") {
		end := strings.IndexByte(text, ']')
		if end < 0 {
			return text, 0
		}
		host, text = text[1:end], text[end+1:]
	} else {
		colon := strings.IndexByte(text, ':')
		if colon < 0 || strings.IndexByte(text[colon+1:], ':') >= 0 {
			return text, 0
		}
		host, text = text[:colon], text[colon:]
	}
	if number, err := strconv.ParseUint(strings.TrimPrefix(text, ":"), 10, 16); err == nil {
		port = int(number)
	}
	return host, port
}
