// SPDX-License-Identifier: Apache-2.0

// Added to package slog: the attributes of a record's span.

package slog

import (
	"bytes"
	"context"
	"time"
	_ "unsafe" // for go:linkname
)

// otelSpan, if set, is the span of a context, else the current one; "" if there
// is none.
//
//go:linkname otelSpan
var otelSpan func(ctx context.Context) (traceID, spanID, flags string)

// otelWanted, if set, reports whether records are to be exported; then otelEmit
// takes each.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelEmit
var otelEmit func(ctx context.Context, at time.Time, level int, name, message string, fields func(yield func(key string, value any)))

// otelPossible, if set, reports whether records may be exported yet. Where the
// program's packages are initialised, that may not be known.
//
//go:linkname otelPossible
var otelPossible func() bool

// otelGiven is what a logger was given by With or WithGroup, and before that.
type otelGiven struct {
	before *otelGiven
	attrs  []Attr
	group  string
}

// otelWith keeps what With gives to a logger's handler, which may change attrs.
//
//go:linkname otelWith
//go:noinline
func otelWith(l *Logger, attrs []Attr) []Attr {
	if otelPossible == nil || otelPossible() {
		l.otelGiven = &otelGiven{before: l.otelGiven, attrs: append([]Attr(nil), attrs...)}
	}
	return attrs
}

// otelWithGroup is the same for WithGroup.
//
//go:linkname otelWithGroup
//go:noinline
func otelWithGroup(l *Logger, name string) string {
	if otelPossible == nil || otelPossible() {
		l.otelGiven = &otelGiven{before: l.otelGiven, group: name}
	}
	return name
}

// otelFields yields all that was given, each key in its groups as "group.key",
// and returns the prefix of the open groups.
//
//go:linkname otelFields
//go:noinline
func otelFields(given *otelGiven, yield func(key string, value any)) (prefix string) {
	if given == nil {
		return ""
	}
	prefix = otelFields(given.before, yield)
	for _, a := range given.attrs {
		otelField(prefix, a, yield)
	}
	if given.group != "" {
		prefix += given.group + "."
	}
	return prefix
}

// otelField yields an attribute, or those of a group; none for what handlers
// ignore, an empty one.
//
//go:linkname otelField
//go:noinline
func otelField(prefix string, a Attr, yield func(key string, value any)) {
	value := a.Value.Resolve()
	if value.Kind() != KindGroup {
		if a.Key != "" || !value.Equal(Value{}) {
			yield(prefix+a.Key, value.Any())
		}
		return
	}
	if a.Key != "" {
		prefix += a.Key + "."
	}
	for _, inner := range value.Group() {
		otelField(prefix, inner, yield)
	}
}

// otelRecord is r with the attributes of its span, unless it or the logger has
// a trace_id already. given is what the logger was given.
//
//go:linkname otelRecord
//go:noinline
//go:norace
func otelRecord(ctx context.Context, h Handler, given *otelGiven, r Record) Record {
	if otelWanted != nil && otelWanted() {
		otelEmit(ctx, r.Time, int(r.Level), r.Level.String(), r.Message, func(yield func(key string, value any)) {
			prefix := otelFields(given, yield)
			r.Attrs(func(a Attr) bool {
				otelField(prefix, a, yield)
				return true
			})
		})
	}
	if otelSpan == nil {
		return r
	}
	traceID, spanID, flags := otelSpan(ctx)
	if traceID == "" || otelCount(r) > 0 {
		return r
	}
	var common *commonHandler
	switch h := h.(type) {
	case *JSONHandler:
		common = h.commonHandler
	case *TextHandler:
		common = h.commonHandler
	case *defaultHandler:
		common = h.ch
	}
	if common != nil && bytes.Contains(common.preformattedAttrs, []byte("trace_id")) {
		return r
	}
	r.AddAttrs(String("trace_id", traceID), String("span_id", spanID), String("trace_flags", flags))
	return r
}

// otelCount is how many attributes trace_id a record has.
//
//go:linkname otelCount
//go:noinline
func otelCount(r Record) (n int) {
	r.Attrs(func(a Attr) bool {
		if a.Key == "trace_id" {
			n++
		}
		return true
	})
	return n
}

// otelHoist takes the attributes of otelRecord out of a record where they can't
// stay: into the top level if the handler has groups, and nowhere if a handler
// on the way has added a trace_id of its own.
//
//go:linkname otelHoist
//go:noinline
//go:norace
func otelHoist(s *handleState, r Record) Record {
	if otelSpan == nil {
		return r
	}
	count := otelCount(r)
	if count == 0 || count == 1 && len(s.h.groups) == 0 {
		return r
	}
	var all []Attr
	r.Attrs(func(a Attr) bool {
		all = append(all, a)
		return true
	})
	at := otelFind(all)
	if at < 0 {
		return r
	}
	if count == 1 {
		groups := s.groups
		s.groups = nil // ReplaceAttr is told no groups
		for _, a := range all[at : at+3] {
			s.appendAttr(a)
		}
		s.groups = groups
	}
	rest := NewRecord(r.Time, r.Level, r.Message, r.PC)
	rest.AddAttrs(all[:at]...)
	rest.AddAttrs(all[at+3:]...)
	return rest
}

// otelFind is where the attributes of otelRecord are; -1 if they aren't.
//
//go:linkname otelFind
//go:noinline
func otelFind(all []Attr) int {
	for i := 0; i+2 < len(all); i++ {
		if all[i].Key == "trace_id" && all[i+1].Key == "span_id" && all[i+2].Key == "trace_flags" {
			return i
		}
	}
	return -1
}
