// SPDX-License-Identifier: Apache-2.0

package sqltext

import "strings"

// clauses makes literals of the values that have no quotes, and of names that may
// be strings: passwords, settings, rows behind a statement, arguments of SQL
// Server's procedures.
type clauses struct {
	text   string
	d      dialect
	pieces []piece
	at     int // in pieces

	verb     string // of the statement, in upper case
	object   string // its second word, likewise
	words    int    // of the statement, so far
	assigned bool   // behind the = of a SET
	identity bool   // behind IDENTIFIED
	called   int    // behind the name of EXEC's procedure: 2; before: 1
	depth    int
	inserted bool
	before   [2]string // the two words or marks in front, the nearer first
	table    bool      // the last was a table's name, or a part of it
}

// hide changes pieces.
func hide(text string, pieces []piece, d dialect) {
	c := clauses{text: text, d: d, pieces: pieces}
	c.reset()
	for ; c.at < len(pieces); c.at++ {
		p := &pieces[c.at]
		if p.kind == blank || p.kind == comment {
			continue
		}
		token := ""
		if p.kind == word || p.kind == other {
			token = strings.ToUpper(text[p.begin:p.end])
		}
		c.see(p, token)
		if token == ";" {
			c.reset()
		}
		if p.kind == literal {
			token = ""
		}
		c.before[0], c.before[1] = token, c.before[0]
	}
}

func (c *clauses) reset() {
	*c = clauses{text: c.text, d: c.d, pieces: c.pieces, at: c.at}
}

// see is for a token: in upper case, and empty for what is quoted or a literal.
func (c *clauses) see(p *piece, token string) {
	switch {
	case token == "(":
		c.depth++
	case token == ")":
		c.depth--
	}
	if p.kind == word {
		c.words++
		if c.words == 1 {
			c.verb = token
		}
		if c.words == 2 {
			c.object = token
		}
		c.inserted = c.inserted || token == "INSERT"
	}
	if p.kind != other {
		c.table = (p.kind == word || p.kind == quoted) && (c.isTable() || c.table && c.before[0] == ".")
	}
	switch {
	case c.assigned && token != ";":
		p.kind = literal
	case p.kind == quoted && c.text[p.begin] == '"' && !c.isName(p):
		p.kind = literal // or a string of someone's who is used to another system
	case c.d.data && c.inserted && c.before[0] == "FORMAT" && p.kind == word:
		c.rest()
	case c.verb == "COPY" && token == "STDIN" && c.before[0] == "FROM":
		c.rest()
	case c.verb == "SET" && c.words > 1 && (token == "=" || token == "TO"):
		c.assigned = true
	case c.verb == "PRAGMA" && strings.HasSuffix(c.object, "KEY") && (token == "=" || token == "("):
		c.assigned = true
	case c.verb == "CONNECT" && (c.before[0] == "USING" || c.before[0] == "BY"):
		p.kind = literal
	case c.isAccount():
		c.account(p, token)
	case c.d.bareArguments:
		c.procedure(p, token)
	}
	if c.verb == "ATTACH" && c.before[0] == "KEY" {
		p.kind = literal
	}
}

// rest makes a literal of all that follows.
func (c *clauses) rest() {
	for at := c.at + 1; at < len(c.pieces); at++ {
		if c.pieces[at].kind != blank {
			c.pieces[at].kind = literal
		}
	}
}

// isTable reports whether only a table's name can stand here.
func (c *clauses) isTable() bool {
	switch c.before[0] {
	case "FROM":
		return c.depth == 0 && c.before[1] != "DISTINCT"
	case "JOIN", "UPDATE", "TABLE":
		return c.depth == 0
	case "INTO":
		return c.before[1] == "INSERT" || c.before[1] == "REPLACE" || c.before[1] == "IGNORE" || c.before[1] == "MERGE"
	}
	return false
}

// isName reports whether "x" is one: where it may be a string, only a table's; and
// only if it looks like one.
func (c *clauses) isName(p *piece) bool {
	if !c.table && c.d.double != name {
		return false
	}
	marks := " $#"
	if c.table {
		marks += "-."
	}
	for _, b := range []byte(strings.TrimSuffix(c.text[p.begin+1:p.end], `"`)) {
		if !isLetter(b) && !isDigit(b) && strings.IndexByte(marks, b) < 0 {
			return false
		}
	}
	return true
}

// isAccount reports whether the statement is about who may do what, where
// passwords stand without quotes or in those of names.
func (c *clauses) isAccount() bool {
	switch c.verb {
	case "CREATE", "ALTER", "GRANT", "SET", "CONNECT":
	default:
		return false
	}
	switch c.object {
	case "TABLE", "INDEX", "VIEW", "TRIGGER", "FUNCTION", "PROCEDURE", "UNIQUE", "TEMPORARY", "TEMP", "MATERIALIZED", "OR", "TYPE", "SEQUENCE":
		return false
	}
	return true
}

// account takes what stands behind PASSWORD, and behind BY, VALUES and REPLACE
// where IDENTIFIED is in front.
func (c *clauses) account(p *piece, token string) {
	c.identity = c.identity || token == "IDENTIFIED"
	switch near := c.before[0]; {
	case p.kind == other:
	case c.identity && (near == "BY" || near == "VALUES" || near == "REPLACE" || near == "AS"):
		if token != "VALUES" && token != "PASSWORD" {
			p.kind = literal
		}
	case isSecret(near):
		if token != "FOR" && token != "EXPIRE" && token != "NULL" {
			p.kind = literal
		}
	case isSecret(c.before[1]) && (near == "=" || near == "(" || near == ":"):
		p.kind = literal
	}
}

func isSecret(token string) bool {
	return token == "PASSWORD" || token == "PASSWD" || token == "SECRET"
}

// procedure takes the arguments of EXEC [@result =] name argument, …
func (c *clauses) procedure(p *piece, token string) {
	switch {
	case token == "EXEC" || token == "EXECUTE":
		c.called = 1
	case c.words == 1 && p.kind == word && (strings.HasPrefix(token, "SP_") || strings.HasPrefix(token, "XP_")):
		c.called = 2 // the first of a batch needs no EXEC
	case c.called == 0 || token == "AS" && c.called == 1:
	case c.called == 1 && (p.kind == word || p.kind == quoted):
		c.called = 2
	case c.called == 2 && token == ".":
		c.called = 1
	case c.called == 2 && (p.kind == word || p.kind == quoted):
		switch token {
		case "OUTPUT", "OUT", "DEFAULT", "NULL":
		default:
			p.kind = literal
		}
	}
}
