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

// otelWanted, if set, reports whether records are to be exported. Then otelBegin
// takes each before the logger's handler does, with what it was made of;
// otelPrinted takes the lines that the handlers here print of it, and otelEnd says
// that the handler has returned.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelBegin
var otelBegin func(ctx context.Context, at time.Time)

//go:linkname otelPrinted
var otelPrinted func(l *otelLine)

//go:linkname otelEnd
var otelEnd func(handler any, l *otelLine)

// otelLine is a record and what is printed of it.
type otelLine = struct {
	Context        context.Context
	Time           time.Time
	Level          int
	Name, Message  string
	JSON, Replaced bool // by ReplaceAttr
	Out            any  // nil for package log's
	Line           []byte
	Fields         func(yield func(key string, value any)) // as made
}

// It is generic as its function literals must be: generic code, which many packages
// may have, is numbered apart as linked names are.
//
//go:noinline
func otelLineOf[otel any](prefix string, r Record) *otelLine {
	return &otelLine{Time: r.Time, Level: int(r.Level), Name: r.Level.String(), Message: r.Message, Fields: func(yield func(key string, value any)) {
		r.Attrs(func(a Attr) bool {
			otelField(prefix, a, yield)
			return true
		})
	}}
}

// otelText is the line that a handler prints.
//
//go:linkname otelText
//go:noinline
func otelText(h *commonHandler, r Record, line []byte) []byte {
	if otelWanted == nil || !otelWanted() {
		return line
	}
	prefix := ""
	for _, group := range h.groups {
		prefix += group + "."
	}
	l := otelLineOf[int](prefix, r)
	l.JSON, l.Replaced, l.Out, l.Line = h.json, h.opts.ReplaceAttr != nil, h.w, line
	otelPrinted(l)
	return line
}

// otelDefault is what the default handler gives to package log.
//
//go:linkname otelDefault
//go:noinline
func otelDefault(h *commonHandler, r Record, line []byte) []byte {
	if otelWanted == nil || !otelWanted() {
		return line
	}
	l := otelLineOf[int]("", r)
	if head := len(l.Name) + 1 + len(r.Message); head <= len(line) {
		l.Line = line[head:]
	}
	otelPrinted(l)
	return line
}

// otelDone is err, once a handler has returned.
//
//go:linkname otelDone
//go:noinline
func otelDone(ctx context.Context, h Handler, r *Record, err error) error {
	if otelWanted != nil && otelWanted() {
		l := otelLineOf[int]("", *r)
		l.Context = ctx
		otelEnd(h, l)
	}
	return err
}

// otelField yields an attribute, or those of a group; none for what handlers
// ignore, an empty one. A group is told by its attributes: Kind would be inlined,
// with a table of types that is a new symbol.
//
//go:linkname otelField
//go:noinline
func otelField(prefix string, a Attr, yield func(key string, value any)) {
	value := a.Value.Resolve()
	of := value.Any()
	group, ok := of.([]Attr)
	if !ok {
		if a.Key != "" || !value.Equal(Value{}) {
			yield(prefix+a.Key, of)
		}
		return
	}
	if a.Key != "" {
		prefix += a.Key + "."
	}
	for _, inner := range group {
		otelField(prefix, inner, yield)
	}
}

// otelRecord is r with the attributes of its span, unless it or the logger has
// a trace_id already.
//
//go:linkname otelRecord
//go:noinline
//go:norace
func otelRecord(ctx context.Context, h Handler, r Record) Record {
	if otelWanted != nil && otelWanted() {
		otelBegin(ctx, r.Time)
	}
	if otelSpan == nil {
		return r
	}
	traceID, spanID, flags := otelSpan(ctx)
	if traceID == "" || otelCount[int](r) > 0 {
		return r
	}
	if common := otelCommon(h); common != nil && bytes.Contains(common.preformattedAttrs, []byte("trace_id")) {
		return r
	}
	r.AddAttrs(String("trace_id", traceID), String("span_id", spanID), String("trace_flags", flags))
	return r
}

// otelCommon is what the handlers here are based on; nil for others. It is called
// through a variable, as who calls a function by its name brings the types that it
// names forward in the export data. Of an interface without methods, they need no
// new tables of methods.
//
//go:linkname otelCommon
var otelCommon func(h Handler) *commonHandler = otelCommonOf

//go:linkname otelCommonOf
//go:noinline
func otelCommonOf(h Handler) *commonHandler {
	switch h := any(h).(type) {
	case *JSONHandler:
		return h.commonHandler
	case *TextHandler:
		return h.commonHandler
	case *defaultHandler:
		return h.ch
	}
	return nil
}

// otelCount is how many attributes trace_id a record has.
//
//go:noinline
func otelCount[otel any](r Record) (n int) {
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
	return otelHoisted[int](s, r)
}

//go:noinline
//go:norace
func otelHoisted[otel any](s *handleState, r Record) Record {
	count := otelCount[int](r)
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
