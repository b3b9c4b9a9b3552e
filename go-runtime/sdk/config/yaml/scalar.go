// SPDX-License-Identifier: Apache-2.0

package yaml

import (
	"fmt"
	"strconv"
	"strings"
)

// isKey reports whether a key and its colon stand here.
func (p *parser) isKey() bool {
	rest := p.rest()
	if rest[0] == '"' || rest[0] == '\'' {
		end := quotedEnd(rest)
		return end > 0 && isColon(strings.TrimLeft(rest[end:], " "))
	}
	if strings.IndexByte("{[|>", rest[0]) >= 0 {
		return false
	}
	return plainKey(rest) >= 0
}

func isColon(rest string) bool { return rest == ":" || strings.HasPrefix(rest, ": ") }

// plainKey is where the colon after a plain key is, or -1.
func plainKey(rest string) int {
	for i := range rest {
		if rest[i] == ':' && isColon(rest[i:]) {
			return i
		}
		if rest[i] == '#' && i > 0 && rest[i-1] == ' ' {
			break
		}
	}
	return -1
}

// quotedEnd is the length of the quoted text that rest begins with, or -1.
func quotedEnd(rest string) int {
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[0] == '"' && rest[i] == '\\':
			i++
		case rest[i] == rest[0] && rest[0] == '\'' && i+1 < len(rest) && rest[i+1] == '\'':
			i++
		case rest[i] == rest[0]:
			return i + 1
		}
	}
	return -1
}

func (p *parser) key() string {
	var key string
	if c := p.rest()[0]; c == '"' || c == '\'' {
		key = p.quoted().Text
		p.spaces()
	} else {
		p.special()
		end := plainKey(p.rest())
		key = strings.TrimRight(p.rest()[:end], " ")
		p.column += end
	}
	p.column++ // the colon
	return key
}

// special refuses what a plain scalar can't begin with.
func (p *parser) special() {
	switch c := p.rest()[0]; c {
	case '&', '*', '!':
		p.fail(p.line, p.column, map[byte]string{'&': "anchors", '*': "aliases", '!': "tags"}[c]+" aren't supported")
	case '@', '`', '%', ',', ']', '}':
		p.fail(p.line, p.column, fmt.Sprintf("a text that begins with %c must be quoted", c))
	}
}

// plain is an unquoted scalar.
func (p *parser) plain(inFlow bool) *Node {
	p.special()
	n, rest := p.here(Scalar), p.rest()
	end := len(rest)
	for i := 0; i < end; i++ {
		switch c := rest[i]; {
		case c == '#' && i > 0 && rest[i-1] == ' ',
			inFlow && strings.IndexByte(",]}[{", c) >= 0 && !inReference(rest[:i]):
			end = i
		case c == ':' && isColon(rest[i:]):
			if !inFlow {
				p.fail(p.line, p.column+i, "a second colon; a text that has one must be quoted")
			}
			end = i
		}
	}
	n.Text = strings.TrimRight(rest[:end], " \t")
	p.column += len(n.Text)
	if n.Text == "" || n.Text == "~" || n.Text == "null" {
		n.Kind, n.Text = Null, ""
	}
	return n
}

// inReference is whether a ${…} is open at the end of text.
func inReference(text string) bool {
	open := strings.LastIndex(text, "${")
	return open >= 0 && strings.IndexByte(text[open:], '}') < 0 || strings.HasSuffix(text, "$")
}

// quoted is a text in quotes, which end on the same line.
func (p *parser) quoted() *Node {
	n, rest := p.here(Scalar), p.rest()
	n.Quoted = true
	end := quotedEnd(rest)
	if end < 0 {
		p.fail(p.line, p.column, "the quote isn't closed on this line")
	}
	inner := rest[1 : end-1]
	if rest[0] == '\'' {
		n.Text = strings.ReplaceAll(inner, "''", "'")
	} else {
		n.Text = p.unescaped(inner)
	}
	p.column += end
	return n
}

func (p *parser) unescaped(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out.WriteByte(text[i])
			continue
		}
		i++
		if at := strings.IndexByte("0abtnvfre \"/\\", text[i]); at >= 0 {
			out.WriteByte("\x00\a\b\t\n\v\f\r\x1b \"/\\"[at])
			continue
		}
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[i]]
		if digits == 0 || i+digits >= len(text) {
			p.fail(p.line, p.column+i, "unknown escape sequence")
		}
		code, err := strconv.ParseUint(text[i+1:i+1+digits], 16, 32)
		if err != nil {
			p.fail(p.line, p.column+i, "unknown escape sequence")
		}
		out.WriteRune(rune(code))
		i += digits
	}
	return out.String()
}

// literal is a block scalar: the lines below that are indented by indent or more.
func (p *parser) literal(indent int, folded bool) *Node {
	n := p.here(Scalar)
	n.Quoted = true
	p.column++
	chomp := byte(0)
	if rest := p.rest(); rest != "" && (rest[0] == '-' || rest[0] == '+') {
		chomp = rest[0]
		p.column++
	}
	if !p.spaces() {
		p.fail(p.line, p.column, "not expected after | or >")
	}
	var lines []string
	width := -1
	for p.line++; p.line < len(p.lines); p.line++ {
		line := p.lines[p.line]
		blank := strings.Trim(line, " ") == ""
		own := len(line) - len(strings.TrimLeft(line, " "))
		if !blank && width < 0 && own >= indent && own > 0 {
			width = own
		}
		if !blank && (width < 0 || own < width) {
			break
		}
		if blank && (width < 0 || len(line) < width) {
			line = ""
		} else {
			line = line[width:]
		}
		lines = append(lines, line)
	}
	p.column = 0
	p.skip()
	end := len(lines)
	for end > 0 && strings.Trim(lines[end-1], " ") == "" {
		end--
	}
	joint := "\n"
	if folded {
		joint = " "
	}
	n.Text = strings.Join(lines[:end], joint)
	switch {
	case chomp == '+':
		n.Text += strings.Repeat("\n", len(lines)-end+1)
	case chomp == 0 && end > 0:
		n.Text += "\n"
	}
	return n
}

// flow is a value as in JSON, which may go over several lines.
func (p *parser) flow() *Node {
	if p.depth++; p.depth > deepest {
		p.fail(p.line, p.column, fmt.Sprintf("nested more than %d deep", deepest))
	}
	defer func() { p.depth-- }()
	switch p.rest()[0] {
	case '"', '\'':
		return p.quoted()
	case '{':
		return p.members(p.here(Mapping), '}')
	case '[':
		return p.members(p.here(Sequence), ']')
	}
	return p.plain(true)
}

func (p *parser) members(n *Node, end byte) *Node {
	opened := *n
	for p.column++; ; {
		c := p.peek(&opened)
		if c == end {
			p.column++
			return n
		}
		if n.Kind == Sequence {
			n.Items = append(n.Items, p.flow())
		} else {
			n.Entries = append(n.Entries, p.member(&opened, n))
		}
		switch c = p.peek(&opened); c {
		case ',':
			p.column++
		case end:
		default:
			p.fail(p.line, p.column, fmt.Sprintf("a comma or %c is missing", end))
		}
	}
}

func (p *parser) member(opened, of *Node) Entry {
	entry := Entry{Line: p.line + 1, Column: p.column + 1}
	key := p.flow()
	if key.Kind == Mapping || key.Kind == Sequence || key.Text == "" {
		p.fail(entry.Line-1, entry.Column-1, "a key is missing")
	}
	if entry.Key = key.Text; of.Get(entry.Key) != nil {
		p.fail(entry.Line-1, entry.Column-1, fmt.Sprintf("the key %q is there twice", entry.Key))
	}
	entry.Value = &Node{Kind: Null, Line: entry.Line, Column: entry.Column}
	if p.peek(opened) == ':' {
		p.column++
		if c := p.peek(opened); c != ',' && c != '}' {
			entry.Value = p.flow()
		}
	}
	return entry
}

// peek is the next character that counts.
func (p *parser) peek(opened *Node) byte {
	if p.skip(); !p.begun() {
		p.fail(opened.Line-1, opened.Column-1, "this isn't closed")
	}
	return p.rest()[0]
}
