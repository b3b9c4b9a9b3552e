// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/url"
	"strings"
)

const redacted = "REDACTED"

// secretKeys are the query keys whose values are credentials, by the
// conventions' list for url.query.
var secretKeys = []string{"AWSAccessKeyId", "Signature", "sig", "X-Goog-Signature"}

// redactQuery is a raw query with the values of secretKeys replaced, the rest
// as it is.
func redactQuery(query string) string {
	if !mayHaveSecret(query) {
		return query
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		key, _, hasValue := strings.Cut(pair, "=")
		if hasValue && isSecret(key) {
			pairs[i] = key + "=" + redacted
		}
	}
	return strings.Join(pairs, "&")
}

// mayHaveSecret spares most queries the splitting. An escaped key is split.
func mayHaveSecret(query string) bool {
	for _, key := range secretKeys {
		if strings.Contains(query, key) {
			return true
		}
	}
	return strings.Contains(query, "%")
}

func isSecret(key string) bool {
	if plain, err := url.QueryUnescape(key); err == nil {
		key = plain
	}
	for _, secret := range secretKeys {
		if key == secret {
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
