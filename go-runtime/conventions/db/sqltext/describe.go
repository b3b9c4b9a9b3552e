// SPDX-License-Identifier: Apache-2.0

// Package sqltext says what may be told of the text of SQL: the text without its
// values, and of few different values a summary. It knows the notations of
// literals of the common systems, but no grammar: what it doesn't understand is
// left out of the summary, never a reason to keep a value. A statement for a
// system that isn't known loses what any known one would read as a value, and all
// that is in quotes.
package sqltext

import (
	"strings"
	"unicode/utf8"
)

// Statement is the description of a query.
type Statement struct {
	Text       string // with ? for each literal, without comments, blanks collapsed; not over MaxText
	Operation  string // SELECT; empty if there are several statements, or none
	Collection string // the table, if there is exactly one
	Summary    string // SELECT users orders; not over maxSummary
}

// MaxText is the length of the longest text, in bytes. What is longer is cut, and
// ends in "…".
const MaxText = 4096

const (
	maxSummary = 255
	maxQuery   = 16 << 10 // bytes of a query that is cached
	maxScanned = 64 << 10 // bytes of a query that is looked at
)

// Describe describes a query for a system, a value of db.system.name. The answers
// for the queries of late are kept; none must be changed.
func Describe(system, query string) *Statement {
	k := key{system, query}
	if known := described.get(k); known != nil {
		return known
	}
	s := describe(system, query)
	if len(query) <= maxQuery {
		described.put(&entry{key{system, strings.Clone(query)}, s})
	}
	return s
}

func describe(system, query string) *Statement {
	whole := len(query) <= maxScanned
	if !whole {
		query = query[:maxScanned]
	}
	pieces := understand(query, system, whole)
	s := &Statement{Text: sanitize(query, pieces)}
	summarize(query, pieces, s)
	return s
}

func sanitize(query string, pieces []piece) string {
	var out strings.Builder
	gap, value := false, false
	for _, p := range pieces {
		switch {
		case p.kind == blank || p.kind == comment:
			gap = true
			continue
		case p.kind == literal && value:
			gap = false
			continue
		}
		if gap && out.Len() > 0 {
			out.WriteByte(' ')
		}
		gap, value = false, p.kind == literal
		if value {
			out.WriteByte('?')
		} else {
			out.WriteString(query[p.begin:p.end])
		}
		if out.Len() > MaxText {
			return cut(out.String(), MaxText)
		}
	}
	return strings.ToValidUTF8(out.String(), "\uFFFD")
}

// cut shortens text to at most limit bytes, whole characters, the last being "…".
func cut(text string, limit int) string {
	limit -= len("…")
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.ToValidUTF8(text[:limit], "\uFFFD") + "…"
}
