// SPDX-License-Identifier: Apache-2.0

// Added to package zapcore: the fields of the current span.

package zapcore

import (
	"strings"
	"time"
	_ "unsafe" // for go:linkname
)

// otelSpan, if set, is the current span; "" if there is none.
//
//go:linkname otelSpan
var otelSpan func() (traceID, spanID, flags string)

// otelWanted, if set, reports whether entries are to be exported; then otelEmit
// takes each.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelEmit
var otelEmit func(at time.Time, level int, name, message string, fields map[string]interface{})

// otelWrite exports an entry, whichever cores it goes to.
//
//go:linkname otelWrite
//go:noinline
//go:norace
func otelWrite(ce *CheckedEntry, fields []Field) {
	if ce == nil || otelWanted == nil || !otelWanted() {
		return
	}
	for _, core := range ce.cores {
		if c, ok := core.(*ioCore); ok && len(c.otelGiven) > 0 {
			fields = append(append([]Field(nil), c.otelGiven...), fields...)
			break
		}
	}
	enc := NewMapObjectEncoder()
	open := enc.Fields // without a namespace
	for i := range fields {
		fields[i].AddTo(enc)
		if fields[i].Type == NamespaceType {
			open = nil
		} else if _, encoded := open[fields[i].Key].(string); encoded && fields[i].Type == ErrorType {
			open[fields[i].Key] = fields[i].Interface // not only its text
		}
	}
	otelEmit(ce.Time, int(ce.Level), ce.Level.String(), ce.Message, enc.Fields)
}

// otelPossible, if set, reports whether entries may be exported yet. Where the
// program's packages are initialised, that may not be known.
//
//go:linkname otelPossible
var otelPossible func() bool

// otelGive adds what With gives to a core, whose copy with it is given.
//
//go:linkname otelGive
//go:noinline
func otelGive(c, with *ioCore, fields []Field) ObjectEncoder {
	if otelPossible != nil && !otelPossible() {
		return with.enc
	}
	with.otelGiven = append(c.otelGiven[:len(c.otelGiven):len(c.otelGiven)], fields...)
	return with.enc
}

// otelFields is fields with those of the current span, unless the entry has a
// trace_id already. Theirs is another slice, as the caller may keep fields. A
// field behind a namespace would be in it.
//
//go:linkname otelFields
//go:noinline
//go:norace
func otelFields(c *ioCore, fields []Field) []Field {
	if otelSpan == nil {
		return fields
	}
	traceID, spanID, flags := otelSpan()
	if traceID == "" || otelHasTrace(c.enc) {
		return fields
	}
	namespace := false
	for i := range fields {
		if fields[i].Key == "trace_id" {
			return fields
		}
		namespace = namespace || fields[i].Type == NamespaceType
	}
	own := [3]Field{
		{Key: "trace_id", Type: StringType, String: traceID},
		{Key: "span_id", Type: StringType, String: spanID},
		{Key: "trace_flags", Type: StringType, String: flags},
	}
	all := make([]Field, 0, len(fields)+len(own))
	if namespace {
		return append(append(all, own[:]...), fields...)
	}
	return append(append(all, fields...), own[:]...)
}

// otelHasTrace reports whether With has given an encoder a trace_id.
//
//go:linkname otelHasTrace
//go:noinline
func otelHasTrace(enc Encoder) bool {
	var json *jsonEncoder
	switch enc := enc.(type) {
	case *jsonEncoder:
		json = enc
	case consoleEncoder:
		json = enc.jsonEncoder
	}
	return json != nil && json.buf != nil && strings.Contains(json.buf.String(), `"trace_id":`)
}
