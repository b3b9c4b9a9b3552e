// SPDX-License-Identifier: Apache-2.0

// Package zap gives the entries of go.uber.org/zap the fields of the span in
// which they are written, and exports what its cores print of them.
// rulesets/zap says where. Nothing here imports zap: the program's version of
// it stays the program's.
package zap

import (
	"reflect"
	"strings"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
	"otel.runtime/telemetry/logs"
	"otel.runtime/telemetry/logs/printed"
)

// span is called by the file that is added to zapcore.
//
//go:linkname span go.uber.org/zap/zapcore.otelSpan
var span func() (traceID, spanID, flags string)

// wanted and those that follow likewise.
//
//go:linkname wanted go.uber.org/zap/zapcore.otelWanted
var wanted func() bool

//go:linkname begun go.uber.org/zap/zapcore.otelBegun
var begun func(at time.Time)

//go:linkname print go.uber.org/zap/zapcore.otelPrinted
var print func(l *line)

//go:linkname end go.uber.org/zap/zapcore.otelEnd
var end func(cores []any, l *line)

// line is as in the file that is added.
type line = struct {
	Time          time.Time
	Level         int
	Name, Message string
	Head          map[string]bool
	MessageKey    string
	Separator     string
	Encoder, Out  any
	Line          []byte
	Fields        func(yield func(key string, value any))
}

// logger has the severities of zap's levels, from debug to fatal.
var logger = logs.NewLogger("go.uber.org/zap", logs.Severities{Lowest: -1, Of: []int{5, 9, 13, 17, 18, 19, 21}}, "zap", "go.uber.org/zap")

func init() {
	if !logger.Off {
		span, wanted, begun, print, end = currentSpan, logs.Enabled, atBegin, atPrint, atEnd
	}
}

func currentSpan() (traceID, spanID, flags string) { return logs.Span("zap_fields", nil) }

func atBegin(at time.Time) {
	defer hook.Contain("zap_entry", "atBegin")
	printed.Begin(at, nil)
}

func entryOf(l *line) logs.Entry {
	return logger.Entry(nil, l.Time, l.Level, l.Name, l.Message)
}

// usual are the keys that aren't fields, for an encoder of the program's own.
var usual = map[string]bool{"level": true, "ts": true, "time": true, "timestamp": true, "logger": true, "caller": true, "func": true, "stacktrace": true}

// atPrint takes a line: one object, or words with an object behind them. Of an
// encoder of the program's own it is known if it prints objects.
func atPrint(l *line) {
	defer hook.Contain("zap_printed", "atPrint")
	if !printed.Counts(logger, l.Out) {
		return
	}
	r := printed.Record{Entry: entryOf(l)}
	if l.Separator != "" {
		r.Lines = printed.Trailing(l.Line, l.Separator)
	} else if fields, ok := printed.JSON(l.Line); ok {
		takeHead(&r, l, fields)
	} else {
		printed.Report(logger, l.Encoder)
		return
	}
	printed.Retype(r.Lines, l.Fields)
	printed.Add(r)
}

// takeHead takes the message out of the fields, and what the encoder adds.
func takeHead(r *printed.Record, l *line, fields []printed.Field) {
	head, messages := l.Head, []string{l.MessageKey}
	if head == nil {
		head, messages = usual, []string{"msg", "message"}
	}
	r.Message = ""
	seen := map[string]bool{}
	for _, f := range fields {
		isMessage := false
		for _, key := range messages {
			isMessage = isMessage || key != "" && key == f.Key
		}
		switch {
		case seen[f.Key]:
			r.Lines = append(r.Lines, f)
		case isMessage:
			r.Message, _ = f.Value.(string)
			seen[f.Key] = true
		case f.Key != "" && head[f.Key]:
			seen[f.Key] = true
		default:
			r.Lines = append(r.Lines, f)
		}
	}
}

// atEnd is for an entry that all cores have taken. If none has printed it, it
// isn't known where it went.
func atEnd(cores []any, l *line) {
	defer hook.Contain("zap_entry", "atEnd")
	if printed.End(l.Time) {
		return
	}
	for _, core := range cores {
		if printed.Holds(core, "Check", prints) {
			return
		}
	}
	if !logger.Unredacted {
		if len(cores) > 0 {
			printed.Report(logger, cores[0])
		}
		return
	}
	e := entryOf(l)
	e.Fields = l.Fields
	logs.Write(e)
}

// prints reports whether a core prints lines here, or nothing ever.
func prints(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() == "go.uber.org/zap/zapcore" && (t.Name() == "ioCore" || t.Name() == "nopCore") ||
		strings.HasPrefix(t.PkgPath(), "go.opentelemetry.io/contrib/bridges/otelzap")
}
