// SPDX-License-Identifier: Apache-2.0

// Package setting quotes settings in messages: values of variables and of the
// configuration file, which may hold passwords and tokens, in their place or in a
// wrong one.
package setting

import (
	"strconv"
	"strings"

	"otel.runtime/internal/redact"
)

const (
	hidden  = redact.Mark
	longest = 80 // bytes that are quoted
	token   = 16 // a run of letters and digits of this length is one, if it has both
)

// Quote is a value in quotes, without what may be secret in it: a user
// information, what follows ? or #, the value of key=value, what looks like a
// token, and all of a value of several lines or words, or with quotes.
func Quote(value string) string {
	value = strings.TrimSpace(value)
	if strings.ContainsAny(value, "\n\r\"'`\\") || strings.Contains(value, "-----BEGIN") {
		return strconv.Quote(hidden)
	}
	scheme, rest, hasScheme := strings.Cut(value, "://")
	if !hasScheme {
		scheme, rest = "", value
	}
	if hasScheme && !isScheme(scheme) || !hasScheme && strings.Contains(value, "=") && strings.Contains(value, "@") {
		return strconv.Quote(hidden)
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		rest = hidden + rest[at:]
	}
	if at := strings.IndexAny(rest, "?#"); at >= 0 {
		rest = rest[:at+1] + hidden
	}
	if at := strings.IndexByte(rest, '='); at >= 0 {
		rest = rest[:at+1] + hidden
	}
	if words := strings.Fields(rest); len(words) > 1 {
		rest = words[0] + " " + hidden
	}
	rest = withoutTokens(rest)
	if hasScheme {
		rest = withoutTokens(scheme) + "://" + rest
	}
	rest = redact.Text(rest)
	if len(rest) > longest {
		rest = strings.ToValidUTF8(rest[:longest], "") + "…"
	}
	return strconv.Quote(rest)
}

func isScheme(text string) bool {
	for _, c := range text {
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	return text != ""
}

// withoutTokens hides the runs of letters and digits that no person has chosen.
func withoutTokens(text string) string {
	var out strings.Builder
	for begin, at := 0, 0; begin < len(text); begin = at {
		letters, digits, at2 := 0, 0, begin
		for ; at2 < len(text); at2++ {
			c := text[at2]
			if c >= '0' && c <= '9' {
				digits++
			} else if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 {
				letters++
			} else {
				break
			}
		}
		if at2 == begin {
			out.WriteByte(text[begin])
			at = begin + 1
			continue
		}
		if letters+digits >= token && digits > 0 && letters > 0 || letters+digits > 2*token {
			out.WriteString(hidden)
		} else {
			out.WriteString(text[begin:at2])
		}
		at = at2
	}
	return out.String()
}
