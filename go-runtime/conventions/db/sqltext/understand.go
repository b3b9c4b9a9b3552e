// SPDX-License-Identifier: Apache-2.0

package sqltext

import "strings"

// reading is a statement as one dialect reads it.
type reading struct {
	pieces   []piece
	complete bool
}

func readAs(text string, d dialect) reading {
	pieces, complete := scan(text, d)
	hide(text, pieces, d)
	return reading{pieces, complete}
}

// understand takes text apart such that no value stays in any of the ways in
// which the system may read it. Of a known system's readings those count that
// come to an end; if none does, nothing is kept from the first quote on. whole is
// false for the beginning of a longer text.
func understand(text, system string, whole bool) []piece {
	dialects, known := readingsOf(system)
	if known && ofOneLanguage(dialects) && !strings.ContainsAny(text, "\\\r") && !strings.Contains(text, "/*") {
		dialects = dialects[:1] // they differ in nothing else
	}
	if at := strings.IndexByte(text, '\r'); at >= 0 && strings.Count(text, "\r") > strings.Count(text, "\r\n") {
		dialects = withCarriage(dialects)
	}
	var complete, all []reading
	for _, d := range dialects {
		r := readAs(text, d)
		all = append(all, r)
		if r.complete {
			complete = append(complete, r)
		}
	}
	switch {
	case len(complete) == 0 && whole:
		return untilFirstQuote(text, merge(all, known))
	case known && whole:
		return merge(complete, known)
	}
	return merge(all, known)
}

// ofOneLanguage reports whether the dialects differ in escapes and comments only.
func ofOneLanguage(dialects []dialect) bool {
	for _, d := range dialects[1:] {
		if d.triple != dialects[0].triple {
			return false
		}
	}
	return true
}

func withCarriage(dialects []dialect) []dialect {
	var both []dialect
	for _, d := range dialects {
		both = append(both, d)
		d.carriage = !d.carriage
		both = append(both, d)
	}
	return both
}

// merge hides in the first reading what any of the others has as a value or a
// comment; names in quotes too, unless the system is known.
func merge(readings []reading, known bool) []piece {
	pieces := append([]piece(nil), readings[0].pieces...)
	if !known {
		for i := range pieces {
			if pieces[i].kind == quoted {
				pieces[i].kind = literal
			}
		}
	}
	for _, r := range readings[1:] {
		pieces = overlay(pieces, r.pieces, known)
	}
	return pieces
}

// overlay hides in pieces what over has as a value or a comment. Both cover the
// same text.
func overlay(pieces, over []piece, known bool) []piece {
	out := pieces[:0:0]
	i := 0
	for _, o := range over {
		hidden := o.kind == literal || o.kind == comment || o.kind == quoted && !known
		if !hidden {
			continue
		}
		for i < len(pieces) && pieces[i].end <= o.begin {
			out = append(out, pieces[i])
			i++
		}
		as := literal
		if o.kind == comment {
			as = comment
		}
		joined := piece{as, o.begin, o.end}
		if n := len(out); n > 0 && out[n-1].end > o.begin { // joined to the one in front
			if out[n-1].kind == comment {
				out[n-1].kind = as
			}
			joined = out[n-1]
			out = out[:n-1]
		}
		for ; i < len(pieces) && pieces[i].begin < o.end; i++ {
			p := pieces[i]
			if p.begin < joined.begin {
				joined.begin = p.begin
			}
			if p.end > joined.end {
				joined.end = p.end
			}
			if p.kind == literal {
				joined.kind = literal
			}
		}
		if joined.end < o.end {
			joined.end = o.end
		}
		out = append(out, joined)
	}
	return append(out, pieces[i:]...)
}

// untilFirstQuote makes one literal of everything from the first quote on: for
// text of which it isn't known where its literals end.
func untilFirstQuote(text string, pieces []piece) []piece {
	for i, p := range pieces {
		if p.kind == blank || p.kind == comment && !strings.ContainsAny(text[p.begin:p.end], "'\"") {
			continue
		}
		if strings.ContainsAny(text[p.begin:p.end], "'\"`[$") || p.kind == quoted {
			return append(pieces[:i:i], piece{literal, p.begin, len(text)})
		}
	}
	return pieces
}
