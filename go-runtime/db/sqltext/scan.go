// SPDX-License-Identifier: Apache-2.0

package sqltext

import "strings"

// kind is what a piece of a statement is.
type kind uint8

const (
	blank   kind = iota // white space and comments
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

// dialect is in what the systems differ as far as literals go.
type dialect struct {
	backslash bool // escapes in strings
	strings   bool // "x" is a string
	brackets  bool // [x] is a name
	hash      bool // # begins a comment
	spaced    bool // -- begins a comment only in front of white space
}

func dialectOf(system string) dialect {
	switch system {
	case "mysql", "mariadb":
		return dialect{backslash: true, strings: true, hash: true, spaced: true}
	case "microsoft.sql_server", "sqlite":
		return dialect{brackets: true}
	case "clickhouse":
		return dialect{backslash: true}
	}
	return dialect{}
}

// scan takes text apart. complete is false if the text ends within a literal, a
// quoted name or a comment.
func scan(text string, d dialect) (pieces []piece, complete bool) {
	complete = true
	for at := 0; at < len(text); {
		begin := at
		var k kind
		closed := true
		switch c := text[at]; {
		case isSpace(c):
			k, at = blank, at+1
		case startsComment(text, at, d):
			k = blank
			at = end(text, at, "\n")
		case strings.HasPrefix(text[at:], "/*"):
			k = blank
			at, closed = endOfComment(text, at)
		case c == '\'':
			k = literal
			at, closed = endOfQuotes(text, at, d.backslash)
		case c == '"' && d.strings:
			k = literal
			at, closed = endOfQuotes(text, at, d.backslash)
		case c == '"' || c == '`':
			k = quoted
			at, closed = endOfQuotes(text, at, false)
		case c == '[' && d.brackets:
			k = quoted
			at = strings.IndexByte(text[at:], ']') + at + 1
			if at == begin {
				at, closed = len(text), false
			}
		case c == '$':
			k, at, closed = dollar(text, at)
		case isDigit(c) || c == '.' && at+1 < len(text) && isDigit(text[at+1]):
			k, at = literal, endOfNumber(text, at)
		case isLetter(c):
			k, at = word, endOfWord(text, at)
			// E'…', N'…', x'…', _utf8'…'
			if at < len(text) && text[at] == '\'' && isPrefix(text[begin:at]) {
				k = literal
				at, closed = endOfQuotes(text, at, d.backslash || at == begin+1 && c|0x20 == 'e')
			}
		case (c == ':' || c == '@') && at+1 < len(text) && isLetter(text[at+1]):
			k, at = other, endOfWord(text, at+1)
		default:
			k, at = other, at+1
		}
		pieces = append(pieces, piece{k, begin, at})
		complete = complete && closed
	}
	return pieces, complete
}

func isSpace(c byte) bool  { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80 }

func startsComment(text string, at int, d dialect) bool {
	if d.hash && text[at] == '#' {
		return true
	}
	if !strings.HasPrefix(text[at:], "--") {
		return false
	}
	return !d.spaced || at+2 == len(text) || isSpace(text[at+2])
}

// end is behind the next mark, or the end of text.
func end(text string, at int, mark string) int {
	if n := strings.Index(text[at:], mark); n >= 0 {
		return at + n + len(mark)
	}
	return len(text)
}

// endOfComment is behind the comment /* … */, which may hold others.
func endOfComment(text string, at int) (int, bool) {
	depth := 0
	for at < len(text) {
		switch {
		case strings.HasPrefix(text[at:], "/*"):
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

// dollar is $1, $name or $tag$…$tag$.
func dollar(text string, at int) (kind, int, bool) {
	name := at + 1
	for name < len(text) && (isLetter(text[name]) || isDigit(text[name])) {
		name++
	}
	if name == len(text) || text[name] != '$' || name > at+1 && isDigit(text[at+1]) {
		return other, name, true
	}
	tag := text[at : name+1]
	if n := strings.Index(text[name+1:], tag); n >= 0 {
		return literal, name + 1 + n + len(tag), true
	}
	return literal, len(text), false
}

// endOfNumber is behind a number of any notation: 1, 1.5, 1e-3, 0xFF, 1_000.
func endOfNumber(text string, at int) int {
	for at < len(text) {
		c := text[at]
		exponent := (c == '+' || c == '-') && text[at-1]|0x20 == 'e' && !strings.HasPrefix(text[at-1:], "0x") &&
			at+1 < len(text) && isDigit(text[at+1])
		if !isDigit(c) && !isLetter(c) && c != '.' && !exponent {
			break
		}
		at++
	}
	return at
}

func endOfWord(text string, at int) int {
	for at < len(text) && (isLetter(text[at]) || isDigit(text[at]) || text[at] == '$' || text[at] == '#') {
		at++
	}
	return at
}

// isPrefix reports whether a word in front of a quote belongs to the literal.
func isPrefix(w string) bool {
	switch strings.ToLower(w) {
	case "e", "n", "x", "b", "u", "r", "q":
		return true
	}
	return w[0] == '_'
}
