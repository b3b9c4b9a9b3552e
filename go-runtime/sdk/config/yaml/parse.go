// SPDX-License-Identifier: Apache-2.0

package yaml

import (
	"fmt"
	"strings"
)

// Parse reads a document; an empty one is Null. Its error is an *Error.
func Parse(text string) (root *Node, err error) {
	defer func() {
		if failed, ok := recover().(*Error); ok {
			root, err = nil, failed
		} else if !ok && failed != nil {
			panic(failed)
		}
	}()
	p := &parser{}
	for i, line := range strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n") {
		p.lines = append(p.lines, strings.TrimRight(line, "\r"))
		if strings.HasPrefix(line, "%") {
			p.fail(i, 0, "directives aren't supported")
		}
	}
	p.skip()
	if p.begun() && p.rest() == "---" {
		p.next()
	}
	root = p.block(0)
	if p.begun() && strings.TrimSpace(p.rest()) != "..." {
		p.fail(p.line, p.column, "not expected here")
	}
	return root, nil
}

// parser is at a place in the text: line and column count from 0.
type parser struct {
	lines        []string
	line, column int
	depth        int
}

// deepest keeps a file from exhausting the stack.
const deepest = 100

func (p *parser) fail(line, column int, message string) {
	panic(&Error{line + 1, column + 1, message})
}

// begun reports whether there is anything left.
func (p *parser) begun() bool { return p.line < len(p.lines) }

func (p *parser) rest() string { return p.lines[p.line][p.column:] }

// next goes to the first thing that stands on a further line.
func (p *parser) next() {
	p.line++
	p.column = 0
	p.skip()
}

// skip goes past blanks, comments and ends of lines.
func (p *parser) skip() {
	for ; p.line < len(p.lines); p.line, p.column = p.line+1, 0 {
		line := p.lines[p.line]
		for p.column < len(line) && (line[p.column] == ' ' || line[p.column] == '\t' && p.column > 0) {
			p.column++
		}
		if p.column == len(line) || line[p.column] == '#' {
			continue
		}
		if line[p.column] == '\t' {
			p.fail(p.line, p.column, "a tab can't indent")
		}
		return
	}
}

// spaces goes past blanks on the line, and reports whether the line is over.
func (p *parser) spaces() bool {
	rest := p.rest()
	trimmed := strings.TrimLeft(rest, " \t")
	blank := len(trimmed) < len(rest) || p.column == 0
	p.column += len(rest) - len(trimmed)
	return trimmed == "" || blank && trimmed[0] == '#'
}

func (p *parser) here(kind Kind) *Node {
	return &Node{Kind: kind, Line: p.line + 1, Column: p.column + 1}
}

func isItem(rest string) bool { return rest == "-" || strings.HasPrefix(rest, "- ") }

// block is the node that begins here, if that is indented by at least indent;
// else Null.
func (p *parser) block(indent int) *Node {
	if p.depth++; p.depth > deepest {
		p.fail(p.line, p.column, fmt.Sprintf("nested more than %d deep", deepest))
	}
	defer func() { p.depth-- }()
	if !p.begun() || p.column < indent || p.column == 0 && (p.rest() == "..." || p.rest() == "---") {
		n := &Node{Kind: Null, Line: p.line + 1, Column: 1}
		if !p.begun() {
			n.Line = len(p.lines)
		}
		return n
	}
	switch rest := p.rest(); {
	case isItem(rest):
		return p.sequence()
	case p.isKey():
		return p.mapping()
	}
	return p.value(indent)
}

func (p *parser) sequence() *Node {
	n, indent := p.here(Sequence), p.column
	for p.begun() && p.column == indent && isItem(p.rest()) {
		p.column++
		line := p.line
		if p.spaces() {
			p.next()
		}
		if p.begun() && p.line == line {
			n.Items = append(n.Items, p.block(p.column))
		} else {
			n.Items = append(n.Items, p.block(indent+1))
		}
	}
	return p.closed(n, indent)
}

func (p *parser) mapping() *Node {
	n, indent := p.here(Mapping), p.column
	for p.begun() && p.column == indent && p.isKey() {
		entry := Entry{Line: p.line + 1, Column: p.column + 1}
		entry.Key = p.key()
		if n.Get(entry.Key) != nil {
			p.fail(entry.Line-1, entry.Column-1, fmt.Sprintf("the key %q is there twice", entry.Key))
		}
		if !p.spaces() {
			if isItem(p.rest()) {
				p.fail(p.line, p.column, "a sequence begins on a line of its own")
			}
			entry.Value = p.value(indent + 1)
		} else if p.next(); p.begun() && p.column == indent && isItem(p.rest()) {
			entry.Value = p.sequence()
		} else {
			entry.Value = p.block(indent + 1)
		}
		n.Entries = append(n.Entries, entry)
	}
	return p.closed(n, indent)
}

// closed checks that what follows n isn't indented as if it belonged to it.
func (p *parser) closed(n *Node, indent int) *Node {
	if p.begun() && p.column > indent || p.begun() && p.column == indent && n.Kind == Mapping && !isItem(p.rest()) && p.rest() != "..." {
		p.fail(p.line, p.column, "not expected here; is the indentation right, or a colon missing?")
	}
	return n
}

// value is a scalar or a flow node, after which the line is over.
func (p *parser) value(indent int) *Node {
	var n *Node
	switch c := p.rest()[0]; c {
	case '|', '>':
		return p.literal(indent, c == '>')
	case '{', '[', '"', '\'':
		n = p.flow()
	default:
		n = p.plain(false)
	}
	if !p.begun() || p.spaces() {
		p.next()
		return n
	}
	p.fail(p.line, p.column, "not expected after a value")
	return nil
}
