// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"strings"
	"unicode/utf8"
)

// Where each kind of token ends. The second result is false if the text ends
// first.

func isSpace(c byte) bool  { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func endOfLine(text string, at int, carriage bool) int {
	marks := "\n"
	if carriage {
		marks = "\n\r"
	}
	if n := strings.IndexAny(text[at:], marks); n >= 0 {
		return at + n + 1
	}
	return len(text)
}

func endOfComment(text string, at int, nested bool) (int, bool) {
	depth := 0
	for at < len(text) {
		switch {
		case strings.HasPrefix(text[at:], "/*") && (nested || depth == 0):
			depth, at = depth+1, at+2
		case strings.HasPrefix(text[at:], "*/"):
			depth, at = depth-1, at+2
			if depth == 0 {
				return at, true
			}
		default:
			at++
		}
	}
	return at, false
}

// endOfQuotes is behind the quote that closes the one at at. A doubled quote
// doesn't.
func endOfQuotes(text string, at int, backslash bool) (int, bool) {
	quote := text[at]
	for at++; at < len(text); at++ {
		switch {
		case backslash && text[at] == '\\':
			at++
		case text[at] == quote:
			if at+1 == len(text) || text[at+1] != quote {
				return at + 1, true
			}
			at++
		}
	}
	return len(text), false
}

// isTriple reports whether text begins with three quotes of a kind.
func isTriple(text string) bool {
	return strings.HasPrefix(text, "'''") || strings.HasPrefix(text, `"""`)
}

func endOfTriple(text string, at int) (int, bool) {
	mark := text[at : at+3]
	for at += 3; at < len(text); at++ {
		if text[at] == '\\' {
			at++
		} else if strings.HasPrefix(text[at:], mark) {
			return at + 3, true
		}
	}
	return len(text), false
}

// endOfBrackets is behind the name that begins with [.
func endOfBrackets(text string, at int, doubled bool) (int, bool) {
	for at++; at < len(text); at++ {
		if text[at] != ']' {
			continue
		}
		if !doubled || at+1 == len(text) || text[at+1] != ']' {
			return at + 1, true
		}
		at++
	}
	return len(text), false
}

// isAlternative reports whether a word in front of a quote says that what follows
// has a delimiter of its own.
func isAlternative(w string) bool { return strings.EqualFold(w, "q") || strings.EqualFold(w, "nq") }

// endOfAlternative is behind '[…]', '!…!' and so on; at is that of the quote.
func endOfAlternative(text string, at int) (int, bool) {
	if at+1 == len(text) {
		return at + 1, false
	}
	_, size := utf8.DecodeRuneInString(text[at+1:])
	mark := text[at+1 : at+1+size]
	if n := strings.Index("[](){}<>", mark); n >= 0 && n%2 == 0 {
		mark = "[](){}<>"[n+1 : n+2]
	}
	from := at + 1 + size
	if n := strings.Index(text[from:], mark+"'"); n >= 0 {
		return from + n + len(mark) + 1, true
	}
	return len(text), false
}

// endOfNumber is behind a number of any notation: 1, 1.5, 1e-3, 0xFF, 1_000.
func endOfNumber(text string, at int) int {
	for at < len(text) {
		c := text[at]
		exponent := (c == '+' || c == '-') && text[at-1]|0x20 == 'e' && at+1 < len(text) && isDigit(text[at+1])
		if !isDigit(c) && !isLetter(c) && c != '.' && !exponent || c >= 0x80 && isQuoteAt(text, at) {
			break
		}
		at++
	}
	return at
}

// endOfWord is at itself where a quote of typography stands.
func endOfWord(text string, at int, hash bool) int {
	begin := at
	for at < len(text) {
		c := text[at]
		switch {
		case c >= 0x80:
			if isQuoteAt(text, at) && (at == begin || !strings.HasPrefix(text[at:], "\u02bc")) {
				return at
			}
		case isLetter(c) || isDigit(c) || c == '#' && !hash:
		case c == '$' && !strings.HasPrefix(text[at:], "$$"):
		default:
			return at
		}
		at++
	}
	return at
}

// isQuoteAt reports whether a quote of typography stands at at. Within a word
// U+02BC is a letter.
func isQuoteAt(text string, at int) bool {
	if !utf8.RuneStart(text[at]) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	switch {
	case r >= 0x2018 && r <= 0x201f, r == 0x2032, r == 0x2033, r == 0x2035, r == 0x2036, // ‘…‟ ′ ″
		r == 0xab, r == 0xbb, r == 0x2039, r == 0x203a, r == 0xb4, // « » ‹ › ´
		r == 0xff02, r == 0xff07, r == 0xff40, // full width
		r >= 0x300c && r <= 0x300f, r >= 0x301d && r <= 0x301f, // 「…』 〝…〟
		r == 0x2b9, r == 0x2ba, r == 0x2bb, r == 0x2bc, r == 0x2bd, r == 0x2ca, r == 0x2cb, r == 0x275b, r == 0x275c, r == 0x275d, r == 0x275e:
		return true
	}
	return false
}

// isPrefix reports whether a word in front of a quote belongs to the literal.
func isPrefix(w string) bool {
	switch strings.ToLower(w) {
	case "e", "n", "x", "b", "u", "r", "q", "g", "br", "rb", "nq", "gx", "bx", "ux":
		return true
	}
	return w[0] == '_'
}
