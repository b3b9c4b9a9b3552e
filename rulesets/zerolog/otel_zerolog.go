// SPDX-License-Identifier: Apache-2.0

// Added to package zerolog: the fields of an event's span.

package zerolog

import (
	"strings"
	"time"
	"unsafe"
)

// otelSpan, if set, is the span of an event's context, else the current one; "" if
// there is none.
//
//go:linkname otelSpan
var otelSpan func(event interface{}) (traceID, spanID, flags string)

// otelWanted, if set, reports whether events are to be exported; then otelEmit
// takes each that is printed.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelEmit
var otelEmit func(l *otelLine)

// otelBridged takes the time of a record of slog that is to become an event.
//
//go:linkname otelBridged
var otelBridged func(at time.Time)

// otelLine is an event and what is printed of it, as JSON.
type otelLine = struct {
	Event                                    interface{}
	Level                                    int
	Name                                     string
	LevelKey, TimeKey, MessageKey, CallerKey string
	Out                                      interface{}
	Line                                     []byte
}

// otelText is the line that is printed of an event.
//
//go:linkname otelText
//go:noinline
//go:norace
func otelText(e *Event) []byte {
	if otelWanted == nil || !otelWanted() {
		return e.buf
	}
	otelEmit(&otelLine{e, int(e.level), e.level.String(), LevelFieldName, TimestampFieldName, MessageFieldName, CallerFieldName,
		e.w, decodeIfBinaryToBytes(e.buf)})
	return e.buf
}

// otelFromSlog is for a record of slog.
//
//go:linkname otelFromSlog
//go:noinline
//go:norace
func otelFromSlog(at time.Time) {
	if otelWanted != nil && otelWanted() {
		otelBridged(at)
	}
}

// otelFields is an event that is to be ended with the fields of its span, unless it
// has a trace_id already.
//
//go:linkname otelFields
//go:noinline
//go:norace
func otelFields(e *Event) []byte {
	buf := e.buf
	if otelSpan == nil {
		return buf
	}
	traceID, spanID, flags := otelSpan(e)
	if traceID == "" || otelHasTrace(buf) {
		return buf
	}
	buf = enc.AppendString(enc.AppendKey(buf, "trace_id"), traceID)
	buf = enc.AppendString(enc.AppendKey(buf, "span_id"), spanID)
	return enc.AppendString(enc.AppendKey(buf, "trace_flags"), flags)
}

// otelHasTrace reports whether an event has a trace_id, in JSON or in CBOR.
//
//go:linkname otelHasTrace
//go:noinline
func otelHasTrace(buf []byte) bool {
	text := *(*string)(unsafe.Pointer(&buf))
	if !strings.HasPrefix(text, "{") {
		return strings.Contains(text, "\x68trace_id")
	}
	return strings.Contains(text, `"trace_id":`)
}
