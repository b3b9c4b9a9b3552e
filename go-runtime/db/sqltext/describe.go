// SPDX-License-Identifier: Apache-2.0

// Package sqltext says what may be told of the text of SQL: the text without its
// values, and of few different values a summary. It knows the notations of
// literals of the common systems, but no grammar: what it doesn't understand is
// left out of the summary, never a reason to keep a value.
package sqltext

import (
	"strings"
	"sync"
	"sync/atomic"
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
	maxCached  = 1000     // statements
	maxQuery   = 16 << 10 // bytes of a query that is cached
	maxScanned = 64 << 10 // bytes of a query that is looked at
)

type key struct{ system, query string }

var (
	cache  sync.Map // key to *Statement
	cached atomic.Int32
)

// Describe describes a query for a system, a value of db.system.name. The answer
// for the first thousand different queries is kept; it must not be changed.
func Describe(system, query string) *Statement {
	if known, ok := cache.Load(key{system, query}); ok {
		return known.(*Statement)
	}
	s := describe(system, query)
	if len(query) <= maxQuery && cached.Load() < maxCached {
		if _, was := cache.LoadOrStore(key{system, strings.Clone(query)}, s); !was {
			cached.Add(1)
		}
	}
	return s
}

func describe(system, query string) *Statement {
	whole := len(query) <= maxScanned
	if !whole {
		query = query[:maxScanned]
	}
	d := dialectOf(system)
	pieces, complete := scan(query, d)
	if !complete && whole {
		// The server may have been told to read backslashes in the other way.
		d.backslash = !d.backslash
		if again, ok := scan(query, d); ok {
			pieces = again
		} else {
			pieces = untilFirstLiteral(query, pieces)
		}
	}
	s := &Statement{Text: sanitize(query, pieces)}
	summarize(query, pieces, s)
	return s
}

// untilFirstLiteral makes one literal of everything from the first quote on: for
// text of which it isn't known where its literals end.
func untilFirstLiteral(query string, pieces []piece) []piece {
	for i, p := range pieces {
		if p.kind == quoted || p.kind == literal && !isDigit(query[p.begin]) && query[p.begin] != '.' {
			return append(pieces[:i:i], piece{literal, p.begin, len(query)})
		}
	}
	return pieces
}

func sanitize(query string, pieces []piece) string {
	var out strings.Builder
	gap := false
	for _, p := range pieces {
		if p.kind == blank {
			gap = true
			continue
		}
		if gap && out.Len() > 0 {
			out.WriteByte(' ')
		}
		gap = false
		if p.kind == literal {
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
