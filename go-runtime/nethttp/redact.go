// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/url"
	"strings"
)

const redacted = "REDACTED"

// secretKeys are the query keys, in any case, whose values are credentials: those
// of the conventions' list for url.query, and what else is named like a token.
var secretKeys = []string{
	"AWSAccessKeyId", "Signature", "sig", "X-Goog-Signature",
	"X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Credential", "X-Goog-Credential",
	"token", "access_token", "id_token", "refresh_token", "auth_token", "auth", "authorization", "jwt",
	"api_key", "api-key", "apikey", "access_key", "secret", "client_secret", "password", "passwd", "pwd",
}

// redactQuery is a raw query with the values of secretKeys, and of the keys that
// OTEL_GO_HTTP_REDACT_QUERY adds, replaced; the rest as it is.
func redactQuery(query string) string {
	var clean strings.Builder
	kept := 0 // how much of query is in clean, or replaced there
	for start := 0; start < len(query); {
		end := start + strings.IndexByte(query[start:], '&')
		if end < start {
			end = len(query)
		}
		key, value, _ := strings.Cut(query[start:end], "=")
		if value != "" && isSecret(key) {
			clean.WriteString(query[kept : end-len(value)])
			clean.WriteString(redacted)
			kept = end
		}
		start = end + 1
	}
	if kept == 0 {
		return query
	}
	clean.WriteString(query[kept:])
	return clean.String()
}

func isSecret(key string) bool {
	if strings.IndexByte(key, '%') >= 0 {
		if plain, err := url.QueryUnescape(key); err == nil {
			key = plain
		}
	}
	for _, secret := range set.redacted {
		if secret == "*" || len(key) == len(secret) && strings.EqualFold(key, secret) {
			return true
		}
	}
	return false
}

// fullURL is url.full: without user and password, and with redactQuery.
func fullURL(u *url.URL) string {
	query := redactQuery(u.RawQuery)
	if u.User == nil && query == u.RawQuery {
		return u.String()
	}
	clean := *u
	clean.RawQuery = query
	if clean.User != nil {
		if _, has := u.User.Password(); has {
			clean.User = url.UserPassword(redacted, redacted)
		} else {
			clean.User = url.User(redacted)
		}
	}
	return clean.String()
}
