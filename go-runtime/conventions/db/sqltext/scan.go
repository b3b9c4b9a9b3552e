// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a piece of a statement is.
type kind uint8

const (
	blank   kind = iota // white space
	comment             // with its marks
	word                // a keyword or a name without quotes
	quoted              // a name in quotes
	literal             // a value
	other               // a placeholder or one character of anything else
)

// piece is one token: text[begin:end].
type piece struct {
	kind       kind
	begin, end int
}

// scan takes text apart, as d reads it. complete is false if the text ends within
// a literal, a quoted name or a comment.
func scan(text string, d dialect) (pieces []piece, complete bool) {
	s := scanner{text: text, d: d}
	complete = true
	for s.at < len(text) {
		begin := s.at
		k, closed := s.next()
		pieces = append(pieces, piece{k, begin, s.at})
		complete = complete && closed
	}
	return pieces, complete && !s.conditional
}

type scanner struct {
	text        string
	d           dialect
	at          int
	conditional bool // within /*! … */
	escaped     bool // the last literal had escapes of its own, and may go on
}

// next moves behind the next token. closed is false if it has no end.
func (s *scanner) next() (k kind, closed bool) {
	text, d, at := s.text, s.d, s.at
	switch c := text[at]; {
	case isSpace(c):
		s.at++
		return blank, true
	case s.startsLine():
		s.at = endOfLine(text, at, d.carriage)
		return comment, true
	case strings.HasPrefix(text[at:], "/*"):
		return comment, s.comment()
	case s.conditional && strings.HasPrefix(text[at:], "*/"):
		s.conditional = false
		s.at += 2
		return comment, true
	case c == '\'':
		return literal, s.quotes(d.backslash || s.goesOn())
	case c == '"':
		return s.double()
	case c == '`':
		if d.backquote == foreign {
			s.at = len(text)
			return literal, true
		}
		s.at, closed = endOfQuotes(text, at, d.inNames)
		return quoted, closed
	case c == '[' && d.brackets:
		s.at, closed = endOfBrackets(text, at, d.doubled)
		return quoted, closed
	case c == '$':
		return s.dollar()
	case isDigit(c) || c == '.' && at+1 < len(text) && isDigit(text[at+1]):
		s.at = endOfNumber(text, at)
		return literal, true
	case isLetter(c):
		return s.word()
	case (c == ':' || c == '@') && at+1 < len(text) && isLetter(text[at+1]) && endOfWord(text, at+1, d.hash) > at+1:
		s.at = endOfWord(text, at+1, d.hash)
		return other, true
	}
	s.at++
	return other, true
}

// startsLine reports whether a comment of one line begins.
func (s *scanner) startsLine() bool {
	rest := s.text[s.at:]
	switch {
	case rest[0] == '#':
		return s.d.hash
	case strings.HasPrefix(rest, "--"):
		return !s.d.spaced || len(rest) == 2 || rest[2] <= ' '
	}
	return s.d.slashes && strings.HasPrefix(rest, "//")
}

// comment takes /* … */, or of one with a statement in it only the beginning.
func (s *scanner) comment() (closed bool) {
	if s.d.conditional {
		rest := s.text[s.at+2:]
		if mark := len(rest) - len(strings.TrimPrefix(strings.TrimPrefix(rest, "M"), "!")); mark > 0 && rest[mark-1] == '!' {
			for s.at += 2 + mark; s.at < len(s.text) && isDigit(s.text[s.at]); s.at++ {
			}
			s.conditional = true
			return true
		}
	}
	s.at, closed = endOfComment(s.text, s.at, s.d.nested)
	return closed
}

// quotes takes a string.
func (s *scanner) quotes(backslash bool) (closed bool) {
	if s.d.triple && isTriple(s.text[s.at:]) {
		s.at, closed = endOfTriple(s.text, s.at)
		return closed
	}
	s.at, closed = endOfQuotes(s.text, s.at, backslash)
	return closed
}

// goesOn reports whether a quote continues the E'…' in front of it: behind
// white space with a line break.
func (s *scanner) goesOn() bool {
	before := strings.TrimRight(s.text[:s.at], " \t\n\v\f\r")
	s.escaped = s.escaped && strings.HasSuffix(before, "'") && strings.ContainsAny(s.text[len(before):s.at], "\n\r")
	return s.escaped
}

func (s *scanner) double() (k kind, closed bool) {
	switch s.d.double {
	case value:
		return literal, s.quotes(s.d.backslash)
	case foreign:
		s.at = len(s.text)
		return literal, true
	}
	s.at, closed = endOfQuotes(s.text, s.at, s.d.inNames)
	return quoted, closed
}

// word takes a word, or a literal that has one in front of its quote: E'…',
// N'…', x'…', _utf8'…', q'[…]'.
func (s *scanner) word() (kind, bool) {
	begin := s.at
	s.at = endOfWord(s.text, begin, s.d.hash)
	if s.at == begin { // a quote of typography: no system knows where it ends
		s.at = len(s.text)
		return literal, true
	}
	w := s.text[begin:s.at]
	if r, size := utf8.DecodeRuneInString(w); unicode.Is(unicode.Sc, r) && (len(w) > size && isDigit(w[size]) || len(w) == size) {
		if s.at < len(s.text) && s.text[s.at] == '.' {
			s.at = endOfNumber(s.text, s.at)
		}
		return literal, true
	}
	if s.at == len(s.text) {
		return word, true
	}
	c := s.text[s.at]
	switch {
	case c == '\'' && s.d.alternative && isAlternative(w):
		var closed bool
		s.at, closed = endOfAlternative(s.text, s.at)
		return literal, closed
	case (c == '\'' || c == '"' && s.d.double == value) && isPrefix(w):
		s.escaped = s.d.continued && strings.Contains(s.d.escapes, strings.ToLower(w))
		escapes := s.d.backslash || len(w) == 1 && strings.Contains(s.d.escapes, strings.ToLower(w))
		return literal, s.quotes(escapes)
	}
	return word, true
}

// dollar takes $1, $name, $1.50 or $tag$…$tag$.
func (s *scanner) dollar() (kind, bool) {
	text := s.text
	end := s.at + 1
	for end < len(text) && (isLetter(text[end]) || isDigit(text[end])) {
		end++
	}
	numbered := end > s.at+1 && isDigit(text[s.at+1])
	if s.d.tags && end < len(text) && text[end] == '$' && !numbered {
		tag := text[s.at : end+1]
		if n := strings.Index(text[end+1:], tag); n >= 0 {
			s.at = end + 1 + n + len(tag)
			return literal, true
		}
		s.at = len(text)
		return literal, false
	}
	if s.d.money {
		amount := s.at + 1
		for amount < len(text) && (isSpace(text[amount]) || text[amount] == '-' || text[amount] == '+') {
			amount++
		}
		if amount < len(text) && (isDigit(text[amount]) || text[amount] == '.') {
			s.at = endOfNumber(text, amount)
			return literal, true
		}
	}
	s.at = end
	return other, true
}
