// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"net/url"
	"strings"

	"otel.runtime/internal/redact"
)

// redactQuery is a raw query without credentials, and without the values of the keys
// that OTEL_GO_HTTP_REDACT_QUERY names. The conventions' own list is among them.
func redactQuery(query string) string { return redact.Query(query, isRedacted) }

func isRedacted(key string) bool {
	for _, name := range set.redacted {
		if name == "*" || len(key) == len(name) && strings.EqualFold(key, name) {
			return true
		}
	}
	return false
}

// toldPath is url.path: without what redact.Path hides. A segment may have an escaped
// slash.
func toldPath(path, raw string) string {
	if raw != "" {
		if clean := redact.Path(raw); clean != raw {
			return clean
		}
	}
	return redact.Path(path)
}

// FullURL is url.full of a request that isn't one of net/http's own.
func FullURL(u *url.URL) string { return fullURL(u) }

// fullURL is url.full: without user and password, with redactQuery for the query and a
// fragment that is like one, and with redact.Path for the path.
func fullURL(u *url.URL) string {
	query, fragment, opaque, path := redactQuery(u.RawQuery), redactQuery(u.EscapedFragment()), redactOpaque(u.Opaque), toldPath(u.Path, u.RawPath)
	if u.User == nil && query == u.RawQuery && fragment == u.EscapedFragment() && opaque == u.Opaque && path == u.Path {
		return u.String()
	}
	clean := *u
	clean.RawQuery, clean.Opaque = query, opaque
	if path != u.Path {
		clean.Path, clean.RawPath = path, ""
		if plain, err := url.PathUnescape(path); err == nil && u.RawPath != "" {
			clean.Path, clean.RawPath = plain, path
		}
	}
	if plain, err := url.PathUnescape(fragment); err == nil {
		clean.Fragment, clean.RawFragment = plain, fragment
	}
	if clean.User != nil {
		if _, has := u.User.Password(); has {
			clean.User = url.UserPassword(redact.Mark, redact.Mark)
		} else {
			clean.User = url.User(redact.Mark)
		}
	}
	return clean.String()
}

// redactOpaque is what is sent in the place of host and path (url.URL.Opaque):
// "//host/path", which may have a query.
func redactOpaque(opaque string) string {
	of, query, asked := strings.Cut(opaque, "?")
	if host, isHost := strings.CutPrefix(of, "//"); isHost {
		host, path, rooted := strings.Cut(host, "/")
		if at := strings.LastIndexByte(host, '@'); at >= 0 {
			of = "//" + redact.Mark + host[at:]
			if rooted {
				of += "/" + redact.Path(path)
			}
		}
	}
	if asked {
		of += "?" + redactQuery(query)
	}
	return of
}
