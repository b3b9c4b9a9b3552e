// SPDX-License-Identifier: Apache-2.0

// Package redact takes credentials out of URLs and their queries. What is one is
// told by the name that it is under, and by its form: user information of a URL.
package redact

import (
	"strconv"
	"strings"
)

// Mark is in the place of what was taken out.
const Mark = "REDACTED"

// Query is a raw query, or a fragment that is like one, with the values of secret
// keys replaced, those for which also says so too, and those that are URLs with
// user information; the rest is as it is. also may be nil.
func Query(query string, also func(key string) bool) string {
	var clean strings.Builder
	kept := 0 // how much of query is in clean, or replaced there
	for start := 0; start < len(query); {
		end := start + strings.IndexAny(query[start:], "&;")
		if end < start {
			end = len(query)
		}
		key, value, _ := strings.Cut(query[start:end], "=")
		if value != "" && (isSecretKey(key, also) || hasUser(value)) {
			clean.WriteString(query[kept : end-len(value)])
			clean.WriteString(Mark)
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

func isSecretKey(key string, also func(key string) bool) bool {
	key = unescaped(key)
	return IsSecret(key) || also != nil && also(key)
}

// hasUser reports whether an escaped value is a URL with user information.
func hasUser(value string) bool {
	if !strings.Contains(value, "@") && !strings.Contains(value, "%40") {
		return false
	}
	_, after, found := strings.Cut(unescaped(value), "://")
	return found && strings.Contains(after, "@")
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

// Text is a message of someone else's, with the user information and the secret
// values of queries of the URLs in it replaced.
func Text(message string) string {
	var out strings.Builder
	for {
		at := strings.Index(message, "://")
		if at < 0 {
			return out.String() + message
		}
		at += len("://")
		out.WriteString(message[:at])
		message = message[at:]
		end := strings.IndexAny(message, " \t\n\"'<>`")
		if end < 0 {
			end = len(message)
		}
		of, query, asked := strings.Cut(withoutUser(message[:end]), "?")
		message = message[end:]
		out.WriteString(of)
		if asked {
			out.WriteString("?" + Query(query, nil))
		}
	}
}

// withoutUser is what follows :// without user information. A password may have
// slashes, question marks, and more than one @.
func withoutUser(of string) string {
	if at := strings.LastIndexByte(of, '@'); at >= 0 {
		return Mark + of[at:]
	}
	return of
}
