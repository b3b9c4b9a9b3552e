// SPDX-License-Identifier: Apache-2.0

package sqltext

import "strings"

// summary collects operations and their targets while it walks over the pieces
// of a query.
type summary struct {
	query  string
	pieces []piece // without blanks
	words  []string
	tables []string
	with   map[string]bool // names that WITH has given
	starts int             // statements
	// For each open parenthesis, and the statement itself: whether FROM there
	// names tables. It doesn't in EXTRACT(YEAR FROM day).
	selects []bool
}

func summarize(query string, pieces []piece, to *Statement) {
	s := &summary{query: query, with: map[string]bool{}}
	for _, p := range pieces {
		if p.kind != blank && p.kind != comment {
			s.pieces = append(s.pieces, p)
		}
	}
	s.walk()
	if s.starts == 1 && len(s.words) > 0 {
		to.Operation = s.words[0]
	}
	if len(s.tables) == 1 {
		to.Collection = s.tables[0]
	}
	to.Summary = strings.Join(s.words, " ")
	if len(to.Summary) > maxSummary {
		short := to.Summary[:maxSummary]
		to.Summary = strings.ToValidUTF8(short[:strings.LastIndexByte(short+" ", ' ')], "")
		if at := strings.LastIndexByte(short, ' '); at > 0 {
			to.Summary = strings.ToValidUTF8(short[:at], "")
		}
	}
}

func (s *summary) walk() {
	start := true
	s.selects = []bool{false}
	for at := 0; at < len(s.pieces); {
		text := s.text(at)
		switch {
		case text == ";":
			start, s.selects = true, []bool{false}
			at++
		case text == "(":
			s.selects = append(s.selects, false)
			at++
		case text == ")":
			if len(s.selects) > 1 {
				s.selects = s.selects[:len(s.selects)-1]
			}
			at++
		case s.pieces[at].kind == word:
			if start {
				s.starts++
			}
			at = s.keyword(at, start)
			start = false
		default:
			at++
			start = false
		}
	}
}

// keyword takes the word at at, with the names that belong to it, and returns
// where to go on.
func (s *summary) keyword(at int, start bool) int {
	upper := strings.ToUpper(s.text(at))
	top := &s.selects[len(s.selects)-1]
	switch upper {
	case "SELECT":
		*top = true
		s.words = append(s.words, upper)
		return at + 1
	case "FROM", "JOIN", "USING":
		if *top && !(upper == "FROM" && s.is(at-1, "DISTINCT") && (s.is(at-2, "IS") || s.is(at-2, "NOT"))) && !(upper == "USING" && s.is(at+1, "(")) {
			return s.names(at + 1)
		}
		return at + 1
	case "WITH":
		return s.common(at + 1)
	case "AS":
		return at + 1
	}
	if !start && !s.afterWith(at) {
		return at + 1
	}
	switch upper {
	case "INSERT", "REPLACE", "MERGE":
		s.words = append(s.words, upper)
		at++
		for s.is(at, "OR", "REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "INTO") {
			at++
		}
		*top = upper == "MERGE"
		return s.name(at)
	case "UPDATE":
		s.words = append(s.words, upper)
		at++
		for s.is(at, "OR", "REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK", "LOW_PRIORITY", "ONLY") {
			at++
		}
		*top = true
		return s.name(at)
	case "DELETE":
		s.words = append(s.words, upper)
		*top = true
		return at + 1
	case "CREATE", "DROP", "ALTER", "TRUNCATE":
		return s.definition(at, upper)
	case "CALL", "EXEC", "EXECUTE":
		s.words = append(s.words, upper)
		return s.routine(at + 1)
	case "EXPLAIN", "ANALYZE":
		s.words = append(s.words, upper)
		if s.is(at+1, "ANALYZE", "VERBOSE") {
			at++
		}
		if s.is(at+1, "SELECT", "INSERT", "UPDATE", "DELETE", "WITH") {
			return s.keyword(at+1, true)
		}
		return at + 1
	}
	s.words = append(s.words, upper)
	return at + 1
}

// definition takes CREATE UNIQUE INDEX name, DROP TABLE IF EXISTS name and so on.
func (s *summary) definition(at int, verb string) int {
	at++
	for s.is(at, "OR", "REPLACE", "UNIQUE", "TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "VIRTUAL", "MATERIALIZED", "CONCURRENTLY", "FOREIGN") {
		at++
	}
	if s.is(at, "TABLE", "INDEX", "VIEW", "DATABASE", "SCHEMA", "TRIGGER", "FUNCTION", "PROCEDURE", "SEQUENCE", "TYPE", "USER", "ROLE", "EXTENSION") {
		what := strings.ToUpper(s.text(at))
		s.words = append(s.words, verb+" "+what)
		at++
		for s.is(at, "IF", "NOT", "EXISTS", "CONCURRENTLY", "ONLY") {
			at++
		}
		if what == "TABLE" {
			return s.name(at)
		}
		return s.routine(at)
	}
	s.words = append(s.words, verb)
	if verb == "TRUNCATE" {
		return s.name(at)
	}
	return at
}

// common takes the name of a common table expression, which is no table.
func (s *summary) common(at int) int {
	if s.is(at, "RECURSIVE") {
		at++
	}
	for next := at; next < len(s.pieces); next++ {
		if s.is(next, "AS") && next > at {
			name := next - 1
			if s.text(name) == ")" { // WITH t (a, b) AS
				for name > at && s.text(name) != "(" {
					name--
				}
				name--
			}
			if name >= at {
				s.with[strings.ToLower(unquote(s.text(name)))] = true
			}
			// The statement proper comes behind the last one.
			depth := 0
			behind := next + 1
			for ; behind < len(s.pieces); behind++ {
				if s.text(behind) == "(" {
					depth++
				} else if s.text(behind) == ")" {
					if depth--; depth == 0 {
						break
					}
				}
			}
			if behind+1 < len(s.pieces) && s.text(behind+1) == "," {
				s.common(behind + 2)
			}
			return next + 1
		}
		if s.is(next, "SELECT") {
			break
		}
	}
	return at
}

// afterWith reports whether a verb stands behind the closed parenthesis of WITH.
func (s *summary) afterWith(at int) bool {
	return len(s.with) > 0 && at > 0 && len(s.selects) == 1 && s.text(at-1) == ")" &&
		s.is(at, "INSERT", "UPDATE", "DELETE", "MERGE")
}

// names takes "a, b AS c, d".
func (s *summary) names(at int) int {
	for {
		next := s.name(at)
		if next == at {
			return at
		}
		if s.is(next, "AS") {
			next++
		}
		if next < len(s.pieces) && s.pieces[next].kind == word && s.text(next+1) == "," {
			next++ // an alias
		}
		if s.text(next) != "," {
			return next
		}
		at = next + 1
	}
}

// name takes a table's name.
func (s *summary) name(at int) int {
	for s.is(at, "ONLY", "LATERAL") {
		at++
	}
	text, next := s.dotted(at)
	if text == "" || s.text(next) == "(" && s.called(at) {
		return at
	}
	if s.with[strings.ToLower(text)] {
		return next
	}
	s.words = append(s.words, text)
	for _, known := range s.tables {
		if known == text {
			return next
		}
	}
	s.tables = append(s.tables, text)
	return next
}

// called reports whether a parenthesis behind the name makes it a function's:
// not so in INSERT INTO t (a, b) and CREATE TABLE t (a int).
func (s *summary) called(at int) bool {
	return at > 0 && s.is(at-1, "FROM", "JOIN", "LATERAL", ",")
}

// routine takes the name of something that isn't a table.
func (s *summary) routine(at int) int {
	text, next := s.dotted(at)
	if text != "" {
		s.words = append(s.words, text)
	}
	return next
}

// dotted is a name with its qualifiers, without quotes, and what is behind it.
func (s *summary) dotted(at int) (string, int) {
	var parts []string
	for at < len(s.pieces) && (s.pieces[at].kind == word || s.pieces[at].kind == quoted) {
		part := unquote(s.text(at))
		if s.pieces[at].kind == word && len(parts) == 0 && s.is(at, "SELECT", "SET", "WHERE", "VALUES", "AS") {
			break
		}
		parts = append(parts, part)
		at++
		if s.text(at) != "." {
			break
		}
		at++
	}
	return strings.Join(parts, "."), at
}

// text is the piece at at, or nothing outside the query.
func (s *summary) text(at int) string {
	if at < 0 || at >= len(s.pieces) {
		return ""
	}
	return s.query[s.pieces[at].begin:s.pieces[at].end]
}

func (s *summary) is(at int, words ...string) bool {
	for _, w := range words {
		if strings.EqualFold(s.text(at), w) {
			return true
		}
	}
	return false
}

func unquote(name string) string {
	if len(name) >= 2 && (name[0] == '"' || name[0] == '`' || name[0] == '[') {
		return strings.ToValidUTF8(name[1:len(name)-1], "\uFFFD")
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}
