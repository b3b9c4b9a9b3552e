// SPDX-License-Identifier: Apache-2.0

// Added to package logrus: the fields of an entry's span.

package logrus

import (
	"context"
	"time"
	_ "unsafe" // for go:linkname
)

// otelSpan, if set, is the span of a context, else the current one; "" if there
// is none.
//
//go:linkname otelSpan
var otelSpan func(ctx context.Context) (traceID, spanID, flags string)

// otelWanted, if set, reports whether entries are to be exported; then otelEmit
// takes each that is printed.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelEmit
var otelEmit func(l *otelLine)

// otelLine is an entry and what is printed of it.
type otelLine = struct {
	Context   context.Context
	Time      time.Time
	Level     int
	Name      string
	Message   string
	Data      map[string]interface{}
	Formatter interface{}
	Hooks     []interface{}
	Out       interface{}
	Line      []byte
}

// otelText is the line that is printed of an entry.
//
//go:linkname otelText
//go:noinline
//go:norace
func otelText(entry *Entry, line []byte) []byte {
	if otelWanted == nil || !otelWanted() {
		return line
	}
	var hooks []interface{}
	for _, hook := range entry.Logger.Hooks[entry.Level] {
		hooks = append(hooks, hook)
	}
	otelEmit(&otelLine{entry.Context, entry.Time, int(entry.Level), entry.Level.String(), entry.Message, entry.Data,
		entry.Logger.Formatter, hooks, entry.Logger.Out, line})
	return line
}

// otelEntry is entry with the fields of its span, unless it has a trace_id
// already. It is another entry: the program's hooks may keep the first one.
//
//go:linkname otelEntry
//go:noinline
//go:norace
func otelEntry(entry *Entry) *Entry {
	if otelSpan == nil {
		return entry
	}
	if _, has := entry.Data["trace_id"]; has {
		return entry
	}
	traceID, spanID, flags := otelSpan(entry.Context)
	if traceID == "" {
		return entry
	}
	data := make(Fields, len(entry.Data)+3)
	for key, value := range entry.Data {
		data[key] = value
	}
	data["trace_id"], data["span_id"], data["trace_flags"] = traceID, spanID, flags
	copied := *entry
	copied.Data = data
	return &copied
}
