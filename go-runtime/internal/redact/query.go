// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"strconv"
	"strings"
)

// Query is a raw query, or a fragment that is like one, with the values of secret
// keys replaced, those for which also says so too, and those that have a
// credential in them; the rest is as it is, but the end of one that is very long. also
// may be nil.
func Query(query string, also func(key string) bool) string {
	return queryWithin(shortened(query, "&", Mark), also, 0)
}

func queryWithin(query string, also func(key string) bool, depth int) string {
	clean := edits{of: query}
	for start := 0; start < len(query); {
		end := pairEnd(query, start, "&;")
		key, value, assigned := strings.Cut(query[start:end], "=")
		if assigned && isSecretKey(key, also) { // which may have a semicolon that isn't escaped
			end = pairEnd(query, start, "&")
			value = query[start+len(key)+1 : end]
		}
		switch {
		case value != "" && (isSecretKey(key, also) || tells(value, depth)):
			clean.hide(end-len(value), end)
		case !assigned && tells(key, depth):
			clean.hide(start, end)
		}
		start = end + 1
	}
	return clean.text()
}

func pairEnd(query string, start int, separators string) int {
	if end := strings.IndexAny(query[start:], separators); end >= 0 {
		return start + end
	}
	return len(query)
}

func isSecretKey(key string, also func(key string) bool) bool {
	key = unescaped(key)
	return IsSecret(key) || also != nil && also(key)
}

// tells reports whether an escaped value has a credential in it: it is a URL with
// a user or with a query of its own, a document, a token. It may have been escaped
// more than once. One that is too long, or too deep within others, is taken for one
// that has.
func tells(value string, depth int) bool {
	if len(value) > longestValue || depth >= deepest && strings.ContainsAny(value, "@:=%") {
		return true
	}
	for times := 0; times < 3; times++ {
		if strings.ContainsAny(value, "@:=._-/") || len(value) >= shortest {
			if text(value, depth+1) != value || Path(value) != value {
				return true
			}
		}
		plain := unescaped(value)
		if plain == value {
			return false
		}
		value = plain
	}
	return false
}

// unescaped is text without its %XX. What isn't hexadecimal stays.
func unescaped(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	var plain strings.Builder
	for i := 0; i < len(text); i++ {
		if c, ok := escaped(text[i:]); ok {
			plain.WriteByte(c)
			i += 2
		} else {
			plain.WriteByte(text[i])
		}
	}
	return plain.String()
}

func escaped(text string) (c byte, ok bool) {
	if len(text) < 3 || text[0] != '%' {
		return 0, false
	}
	v, err := strconv.ParseUint(text[1:3], 16, 8)
	return byte(v), err == nil
}
