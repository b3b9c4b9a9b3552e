// SPDX-License-Identifier: Apache-2.0

// Package slog gives the records of log/slog the attributes of the span in
// which they are made, and exports what its handlers print of them.
// rulesets/slog says where.
package slog

import (
	"context"
	"reflect"
	"strings"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/telemetry/logs"
	"otel.runtime/telemetry/logs/printed"
)

// logger has OpenTelemetry's steps of levels: INFO is 0 here and 9 there.
var logger = logs.NewLogger("log/slog", logs.Severities{Lowest: -9}, "slog", "log/slog")

// span is called by the file that is added to log/slog.
//
//go:linkname span log/slog.otelSpan
var span func(ctx context.Context) (traceID, spanID, flags string)

// wanted and those that follow likewise.
//
//go:linkname wanted log/slog.otelWanted
var wanted func() bool

//go:linkname begin log/slog.otelBegin
var begin func(ctx context.Context, at time.Time)

//go:linkname print log/slog.otelPrinted
var print func(l *line)

//go:linkname end log/slog.otelEnd
var end func(handler any, l *line)

// line is as in the file that is added.
type line = struct {
	Context        context.Context
	Time           time.Time
	Level          int
	Name, Message  string
	JSON, Replaced bool
	Out            any
	Line           []byte
	Fields         func(yield func(key string, value any))
}

func init() {
	if !logger.Off {
		span, wanted, begin, print, end = spanOf, logs.Enabled, atBegin, atPrint, atEnd
	}
}

func spanOf(ctx context.Context) (traceID, spanID, flags string) {
	return logs.Span("slog_record", ctx)
}

func atBegin(ctx context.Context, at time.Time) {
	defer hook.Contain("slog_record", "atBegin")
	printed.Begin(at, ctx)
}

// entryOf is a record without its attributes.
func entryOf(l *line) logs.Entry {
	return logger.Entry(l.Context, l.Time, l.Level, l.Name, l.Message)
}

// atPrint takes a line. l.Out is nil for what goes to package log.
func atPrint(l *line) {
	defer hook.Contain("slog_printed", "atPrint")
	if l.Out != nil && !printed.Counts(logger, l.Out) {
		return
	}
	r := printed.Record{Entry: entryOf(l)}
	ok := true
	if l.JSON {
		r.Lines, ok = printed.JSON(l.Line)
	} else {
		r.Lines, ok = printed.Text(string(l.Line))
	}
	if !ok {
		return
	}
	if l.Out != nil {
		takeHead(&r, l.Replaced)
	}
	printed.Retype(r.Lines, l.Fields)
	printed.Add(r)
}

// atEnd is for a record whose handler has returned. What no handler has printed
// was dropped, if the program has a handler here; where else it went isn't known.
func atEnd(handler any, l *line) {
	defer hook.Contain("slog_record", "atEnd")
	if printed.End(l.Time) || printed.Holds(handler, "Handle", prints) {
		return
	}
	if !logger.Unredacted {
		printed.Report(logger, handler)
		return
	}
	e := entryOf(l)
	e.Fields = l.Fields
	logs.Write(e)
}

// prints reports whether a handler prints lines here, or nothing ever.
func prints(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.PkgPath() == "log/slog" {
		switch t.Name() {
		case "JSONHandler", "TextHandler", "defaultHandler", "discardHandler":
			return true
		}
	}
	return strings.HasPrefix(t.PkgPath(), "go.opentelemetry.io/contrib/bridges/otelslog")
}

// takeHead takes time, level, source and message out of the fields of a line. With
// a ReplaceAttr they may be elsewhere, have other names, or be missing.
func takeHead(r *printed.Record, replaced bool) {
	rest := r.Lines[:0:0]
	seen := map[string]bool{}
	message, hasMessage := "", false
	for i, f := range r.Lines {
		text, _ := f.Value.(string)
		name := f.Key
		if strings.HasPrefix(name, "source.") {
			name = "source"
		}
		head := i < 6 && !seen[f.Key]
		switch {
		case head && (name == "time" || name == "source"):
		case head && name == "level":
			r.Level = text
		case head && (name == "msg" || replaced && name == "message") && !hasMessage:
			message, hasMessage = text, true
		default:
			rest = append(rest, f)
			if !replaced { // the head is over
				rest = append(rest, r.Lines[i+1:]...)
				r.Lines = rest
				return
			}
			continue
		}
		seen[f.Key] = true
		if hasMessage && !replaced {
			r.Lines = r.Lines[i+1:]
			return
		}
	}
	r.Lines = rest
	if replaced {
		r.Message = message
	}
}
