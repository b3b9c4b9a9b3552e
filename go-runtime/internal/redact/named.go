// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// named are words that a credential may follow without a separator, in a sentence:
// bad password "x", token x7y8. schemes are those of an Authorization header.
var (
	named   = []string{"password", "passwd", "passphrase", "passcode", "secret", "token", "apikey", "api-key", "credential", "credentials", "pwd"}
	schemes = []string{"bearer", "basic"}
)

// withoutNamed hides what such words are followed by if it is in quotes, or no word
// of a sentence.
func withoutNamed(text string) string {
	clean := edits{of: text}
	for i := 0; i < len(text); i++ {
		if !isLetter(text[i]) || i > 0 && (isLetter(text[i-1]) || isDigit(text[i-1])) {
			continue
		}
		end := i
		for end < len(text) && (isLetter(text[end]) || isDigit(text[end]) || text[end] == '-') {
			end++
		}
		word := text[i:end]
		i = end - 1
		begin := end
		for begin < len(text) && (text[begin] == ' ' || text[begin] == '\t') {
			begin++
		}
		isScheme := isOneFold(schemes, word)
		if begin == end || begin == len(text) || !isScheme && !isOneFold(named, word) {
			continue
		}
		if depth, isQuoted := quoteAt(text, begin); isQuoted {
			clean.hide(begin+depth+1, closing(text, begin+depth+1, text[begin+depth], depth))
		} else if until := wordEnd(text, begin); isToken(strings.TrimRight(text[begin:until], ".,:;)]}!"), isScheme) {
			clean.hide(begin, until)
		}
	}
	return clean.text()
}

func isOneFold(of []string, word string) bool {
	for _, one := range of {
		if strings.EqualFold(one, word) {
			return true
		}
	}
	return false
}

// isToken reports whether a word is none of a sentence: it has letters and a digit,
// or is a long number; after Bearer and Basic also if it has capitals, or = at its
// end.
func isToken(word string, afterScheme bool) bool {
	letters, digits, capitals := 0, 0, 0
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case isDigit(c):
			digits++
		case isLetter(c):
			letters++
			if c < 'a' && i > 0 {
				capitals++
			}
		}
	}
	if afterScheme && len(word) >= 8 && (capitals > 0 || strings.HasSuffix(word, "=")) {
		return true
	}
	return len(word) >= 5 && digits > 0 && (letters > 1 || len(word) >= 6)
}

// rejected are how errors begin that quote a part of what they couldn't read: of
// package net/url and net/http, strconv, lib/pq and others. What they quote may be
// any part of a URL or of a data source name, a password too.
var rejected = []string{`invalid port "`, `invalid URL escape "`, `parsing "`, `missing "=" after "`, `missing \"=\" after "`, `unexpected character in connection info "`,
	`malformed HTTP response "`, `malformed HTTP status code "`, `malformed HTTP version "`, `malformed HTTP request "`, `malformed MIME header line: `,
	`malformed MIME header: missing colon: "`, `malformed MIME header initial line: "`, `invalid database number: "`, `invalid keyword/value: "`}

func withoutRejected(text string) string {
	for _, begin := range rejected {
		plain, in := strings.CutSuffix(begin, `"`)
		clean := edits{of: text}
		for from := 0; ; {
			at := strings.Index(text[from:], plain)
			if at < 0 {
				break
			}
			from += at + len(plain)
			if depth, isQuoted := quoteAt(text, from); isQuoted {
				clean.hide(from+depth+1, closing(text, from+depth+1, text[from+depth], depth))
			} else if !in {
				clean.hide(from, lineEnd(text, from))
			}
		}
		text = clean.text()
	}
	return text
}
