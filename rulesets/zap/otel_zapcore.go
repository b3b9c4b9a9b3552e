// SPDX-License-Identifier: Apache-2.0

//go:build go1.21

// Added to package zapcore: the fields of the current span.

package zapcore

import (
	"reflect"
	"strings"
	"time"
	"unsafe"
)

// otelSpan, if set, is the current span; "" if there is none.
//
//go:linkname otelSpan
var otelSpan func() (traceID, spanID, flags string)

// otelWanted, if set, reports whether entries are to be exported. Then otelBegun
// takes each before the cores do, otelPrinted takes the lines that the cores here
// print of it, and otelEnd says that all cores have returned.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelBegun
var otelBegun func(at time.Time)

//go:linkname otelPrinted
var otelPrinted func(l *otelLine)

//go:linkname otelEnd
var otelEnd func(cores []interface{}, l *otelLine)

// otelLine is an entry and what is printed of it.
type otelLine = struct {
	Time          time.Time
	Level         int
	Name, Message string
	Head          map[string]bool // keys that aren't fields
	MessageKey    string
	Separator     string // in front of the object with the fields; "" if the line is one object
	Encoder, Out  interface{}
	Line          []byte
	Fields        func(yield func(key string, value interface{})) // as made
}

// otelBegin is ent, of which otelBegun is told.
//
//go:linkname otelBegin
//go:noinline
func otelBegin(ent Entry) Entry {
	if otelWanted != nil && otelWanted() {
		otelBegun(ent.Time)
	}
	return ent
}

// It is generic as its function literals must be: generic code, which many packages
// may have, is numbered apart as linked names are. What a literal holds of this
// package's types is a pointer, or their descriptors would come before others.
//
//go:noinline
func otelLineOf[otel any](ent Entry, list []Field) *otelLine {
	first, count := unsafe.Pointer(unsafe.SliceData(list)), len(list)
	return &otelLine{Time: ent.Time, Level: int(ent.Level), Name: ent.Level.String(), Message: ent.Message,
		Fields: func(yield func(key string, value interface{})) {
			fields := unsafe.Slice((*Field)(first), count)
			prefix := ""
			for i := range fields {
				enc := NewMapObjectEncoder()
				fields[i].AddTo(otelObject(enc))
				for key, value := range enc.Fields {
					if fields[i].Type == ErrorType && key == fields[i].Key {
						value = fields[i].Interface // not only its text
					}
					if fields[i].Type != NamespaceType {
						yield(prefix+key, value)
					}
				}
				if fields[i].Type == NamespaceType {
					prefix += fields[i].Key + "."
				}
			}
		}}
}

// otelObject is enc as an encoder of objects. Made so at run time, it needs no table
// of methods, which would bring types forward.
//
//go:linkname otelObject
//go:noinline
func otelObject(enc *MapObjectEncoder) (object ObjectEncoder) {
	reflect.ValueOf(&object).Elem().Set(reflect.ValueOf(enc))
	return object
}

// otelText is the line that a core prints.
//
//go:linkname otelText
//go:noinline
//go:norace
func otelText(c *ioCore, ent Entry, fields []Field, line []byte) []byte {
	if otelWanted == nil || !otelWanted() {
		return line
	}
	l := otelLineOf[int](ent, fields)
	l.Encoder, l.Out, l.Line = c.enc, c.out, line
	if json := otelJSON(c.enc); json != nil {
		config := json.EncoderConfig
		l.MessageKey = config.MessageKey
		l.Head = map[string]bool{config.LevelKey: true, config.TimeKey: true, config.NameKey: true, config.CallerKey: true,
			config.FunctionKey: true, config.StacktraceKey: true}
		if _, console := interface{}(c.enc).(consoleEncoder); !console {
		} else if l.Separator = config.ConsoleSeparator; l.Separator == "" {
			l.Separator = "\t"
		}
	}
	otelPrinted(l)
	return line
}

// otelDone is err, once the core of an entry with this index has returned.
//
//go:linkname otelDone
//go:noinline
//go:norace
func otelDone(ce *CheckedEntry, index int, fields []Field, err error) error {
	if otelWanted == nil || !otelWanted() || index+1 < len(ce.cores) {
		return err
	}
	cores := make([]interface{}, len(ce.cores))
	for i, core := range ce.cores {
		cores[i] = core
	}
	otelEnd(cores, otelLineOf[int](ce.Entry, fields))
	return err
}

// otelJSON is the encoder that a core's encoder is based on; nil if it is another.
//
//go:linkname otelJSON
//go:noinline
func otelJSON(enc Encoder) *jsonEncoder {
	switch enc := interface{}(enc).(type) { // without methods it needs no new table of them
	case *jsonEncoder:
		return enc
	case consoleEncoder:
		return enc.jsonEncoder
	}
	return nil
}

// otelEncoder is a core's encoder. If With has opened a namespace there, in which
// the fields of the span would be, it is a copy that has them in front of that.
//
//go:linkname otelEncoder
//go:noinline
//go:norace
func otelEncoder(c *ioCore, fields []Field) Encoder {
	json := otelJSON(c.enc)
	if otelSpan == nil || json == nil || json.openNamespaces == 0 {
		return c.enc
	}
	own := otelOwn(c, fields)
	if own == nil {
		return c.enc
	}
	with := json.clone()
	for i := range own {
		with.AddString(own[i].Key, own[i].String)
	}
	with.addElementSeparator()
	with.buf.AppendString(json.buf.String())
	// Of the same type as the core's, both of which are a pointer to a jsonEncoder.
	enc := c.enc
	(*[2]unsafe.Pointer)(unsafe.Pointer(&enc))[1] = unsafe.Pointer(with)
	return enc
}

// otelOwn are the fields of the current span, unless the entry has a trace_id
// already.
//
//go:linkname otelOwn
//go:noinline
//go:norace
func otelOwn(c *ioCore, fields []Field) []Field {
	traceID, spanID, flags := otelSpan()
	if traceID == "" || otelHasTrace(c.enc) {
		return nil
	}
	for i := range fields {
		if fields[i].Key == "trace_id" {
			return nil
		}
	}
	return []Field{
		{Key: "trace_id", Type: StringType, String: traceID},
		{Key: "span_id", Type: StringType, String: spanID},
		{Key: "trace_flags", Type: StringType, String: flags},
	}
}

// otelFields is fields with those of the current span. Theirs is another slice, as
// the caller may keep fields. A field behind a namespace would be in it.
//
//go:linkname otelFields
//go:noinline
//go:norace
func otelFields(c *ioCore, fields []Field) []Field {
	if otelSpan == nil {
		return fields
	}
	if json := otelJSON(c.enc); json != nil && json.openNamespaces > 0 {
		return fields // otelEncoder has them
	}
	own := otelOwn(c, fields)
	if own == nil {
		return fields
	}
	for i := range fields {
		if fields[i].Type == NamespaceType {
			return append(own, fields...)
		}
	}
	return append(append(make([]Field, 0, len(fields)+len(own)), fields...), own...)
}

// otelHasTrace reports whether With has given an encoder a trace_id.
//
//go:linkname otelHasTrace
//go:noinline
func otelHasTrace(enc Encoder) bool {
	json := otelJSON(enc)
	return json != nil && json.buf != nil && strings.Contains(json.buf.String(), `"trace_id":`)
}
