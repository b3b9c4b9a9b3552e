// SPDX-License-Identifier: Apache-2.0

// Package redact takes credentials out of URLs, and out of messages that quote
// anything. What is one is told by the name that it is under, by its place, as the
// user information of a URL, and by its form, as that of a JSON web token. A
// secret that none of these gives away stays.
package redact

import "strings"

// Mark is in the place of what was taken out.
const Mark = "REDACTED"

// Text is a message of someone else's without the credentials in it: those of
// URLs and of data source names, the values of names such as password in any of
// the usual notations, tokens of known forms, and what an error quotes of
// something that it couldn't read. A message without any is as it is, but of one that
// is very long the beginning.
func Text(message string) string { return text(shortened(message, " \t\n", "…"), 0) }

// text is Text, within so many values of queries.
func text(message string, depth int) string {
	return withoutRejected(withoutNamed(withoutUsers(withoutPairs(withoutURLs(withoutForms(message), depth)))))
}

// A client chooses what queries and headers, and errors that quote these, are like,
// so what it costs to look is bounded: by how long texts and values are, and by how
// many values are looked into that are within each other.
const (
	longest      = 8 << 10
	longestValue = 1 << 10
	deepest      = 3
)

// shortened is the beginning of a text that is too long, up to one of separators, with
// more behind it.
func shortened(text, separators, more string) string {
	if len(text) <= longest {
		return text
	}
	end := strings.LastIndexAny(text[:longest], separators) + 1
	if end == 0 {
		end = longest
	}
	return text[:end] + more
}

// edits are spans of a text to be replaced by Mark, from left to right.
type edits struct {
	of   string
	made []byte
	kept int // how much of of is in made, or replaced there
}

// hide replaces of[begin:end].
func (e *edits) hide(begin, end int) { e.replace(begin, end, Mark) }

func (e *edits) replace(begin, end int, by string) {
	if begin < e.kept || begin >= end || e.of[begin:end] == by {
		return
	}
	e.made = append(append(e.made, e.of[e.kept:begin]...), by...)
	e.kept = end
}

func (e *edits) text() string {
	if e.kept == 0 {
		return e.of
	}
	return string(append(e.made, e.of[e.kept:]...))
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// closing is where a quotation ends whose first byte behind the quote is at begin:
// at the first such quote that isn't escaped, by a backslash or by being doubled.
// In a quotation that is itself within others, quotes have depth backslashes: then
// so has the end. Without an end it is that of the text.
func closing(text string, begin int, quote byte, depth int) int {
	for i := begin; i < len(text); i++ {
		if text[i] != quote {
			continue
		}
		slashes := 0
		for i-slashes > begin && text[i-slashes-1] == '\\' {
			slashes++
		}
		switch {
		case quote == '`':
			return i
		case slashes > depth:
		case i-slashes > begin && isDoubled(text, i, depth):
			i += depth + 1
		default:
			return i - slashes
		}
	}
	return len(text)
}

// isDoubled reports whether the quote at i, of this depth, stands there twice.
func isDoubled(text string, i, depth int) bool {
	again, isQuoted := quoteAt(text, i+1)
	return isQuoted && again == depth && text[i+1+depth] == text[i]
}

// quoteAt is how many backslashes are in front of the quote that text has at i; ok
// is false if there is no quote.
func quoteAt(text string, i int) (depth int, ok bool) {
	for i+depth < len(text) && text[i+depth] == '\\' {
		depth++
	}
	return depth, i+depth < len(text) && isQuote(text[i+depth])
}
