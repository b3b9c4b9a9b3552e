// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// shown is how many attributes a line has room for, and widest how many bytes
// of a value.
const (
	shown  = 6
	widest = 100
)

// telling are the attributes that say most, in the order in which they are
// drawn. The others follow while there is room.
var telling = []string{
	"http.request.method", "http.route", "url.path", "url.full", "http.response.status_code",
	"rpc.system.name", "rpc.method", "rpc.response.status_code",
	"db.system", "db.system.name", "db.operation.name", "db.collection.name", "db.query.text", "db.statement",
	"messaging.system", "messaging.destination.name", "messaging.operation.type",
	"server.address", "server.port", "error.type",
	"exception.type", "exception.message",
}

func appendSpan(b []byte, s *Span, parentService string) []byte {
	if s.Kind != "" {
		b = append(append(b, s.Kind...), ' ')
	}
	b = append(b, plain(s.Name)...)
	b = append(append(b, "  "...), duration(s.End.Sub(s.Start))...)
	if s.Service != "" && s.Service != parentService {
		b = append(append(append(b, "  ["...), plain(s.Service)...), ']')
	}
	b = appendAttributes(b, s.Attributes)
	if s.Failed {
		b = append(b, "  ERROR"...)
		if s.Message != "" {
			b = append(append(b, ' '), value(s.Message)...)
		}
	}
	return append(b, '\n')
}

func appendEvent(b []byte, e Event) []byte {
	b = append(b, plain(e.Name)...)
	return append(appendAttributes(b, e.Attributes), '\n')
}

func appendAttributes(b []byte, attributes []Attribute) []byte {
	separator, room := "  ", shown
	draw := func(a Attribute) {
		b = append(append(b, separator...), plain(a.Key)...)
		b = append(append(b, '='), value(a.Value)...)
		separator = " "
		room--
	}
	drawn := make([]bool, len(attributes))
	for _, key := range telling {
		for i, a := range attributes {
			if a.Key == key && room > 0 && !drawn[i] {
				drawn[i] = true
				draw(a)
			}
		}
	}
	for i, a := range attributes {
		// A stack trace has no place on a line, however much room there is.
		if room > 0 && !drawn[i] && a.Key != "exception.stacktrace" {
			drawn[i] = true
			draw(a)
		}
	}
	left := 0
	for _, d := range drawn {
		if !d {
			left++
		}
	}
	if left > 0 {
		b = append(append(b, separator...), '+')
		b = append(strconv.AppendInt(b, int64(left), 10), " more"...)
	}
	return b
}

// duration keeps three digits or so: 1.23s, 12.3ms, 456µs.
func duration(d time.Duration) string {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit).String()
}

// value is short text that reads as one word; anything else is quoted.
func value(v string) string {
	if len(v) > widest {
		cut := widest
		for cut > 0 && !utf8.RuneStart(v[cut]) {
			cut--
		}
		v = v[:cut] + "…"
	}
	if v == "" || strings.ContainsAny(v, " \"=") || !isPrintable(v) {
		return strconv.Quote(v)
	}
	return v
}

// plain keeps a terminal safe from what a name may hold.
func plain(name string) string {
	if isPrintable(name) {
		return name
	}
	return strconv.Quote(name)
}

func isPrintable(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}
