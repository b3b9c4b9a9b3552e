// SPDX-License-Identifier: Apache-2.0

// Package logrus gives the entries of github.com/sirupsen/logrus the fields of
// the span in which they are written, and exports what is printed of them.
// rulesets/logrus says where. Nothing here imports logrus: the program's
// version of it stays the program's.
package logrus

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

// span is called by the file that is added to logrus.
//
//go:linkname span github.com/sirupsen/logrus.otelSpan
var span func(ctx context.Context) (traceID, spanID, flags string)

// wanted and emit likewise.
//
//go:linkname wanted github.com/sirupsen/logrus.otelWanted
var wanted func() bool

//go:linkname emit github.com/sirupsen/logrus.otelEmit
var emit func(l *line)

// line is as in the file that is added.
type line = struct {
	Context   context.Context
	Time      time.Time
	Level     int
	Name      string
	Message   string
	Data      map[string]any
	Formatter any
	Hooks     []any
	Out       any
	Line      []byte
}

// logger has the severities of logrus' levels, from panic to trace.
var logger = logs.NewLogger("github.com/sirupsen/logrus", logs.Severities{Of: []int{24, 21, 17, 13, 9, 5, 1}}, "logrus", "github.com/sirupsen/logrus")

func init() {
	if !logger.Off {
		span, wanted, emit = spanOf, logs.Enabled, write
	}
}

func spanOf(ctx context.Context) (traceID, spanID, flags string) {
	return logs.Span("logrus_fields", ctx)
}

// write exports an entry. logrus' own formatters print what is in it; of others
// it is known if they print JSON or key=value.
func write(l *line) {
	defer hook.Contain("logrus_printed", "write")
	for _, h := range l.Hooks {
		if strings.HasPrefix(packageOf(h), "go.opentelemetry.io/contrib/bridges/otellogrus") {
			return // it exports the entry
		}
	}
	if !printed.Counts(logger, l.Out) {
		return
	}
	e := logger.Entry(l.Context, l.Time, l.Level, l.Name, l.Message)
	e.Printed = true
	switch name := packageOf(l.Formatter) + "." + reflect.Indirect(reflect.ValueOf(l.Formatter)).Type().Name(); {
	case name == "github.com/sirupsen/logrus.TextFormatter", name == "github.com/sirupsen/logrus.JSONFormatter", logger.Unredacted:
		e.Fields = logs.Sorted(l.Data)
		logs.Write(e)
		return
	}
	r := printed.Record{Entry: e}
	fields, ok := printed.JSON(l.Line)
	if !ok {
		fields, ok = printed.Text(string(l.Line))
	}
	if !ok || !takeHead(&r, fields) {
		printed.Report(logger, l.Formatter)
		return
	}
	printed.Retype(r.Lines, logs.Sorted(l.Data))
	printed.Add(r)
}

// takeHead takes level, time, caller and message out of the fields; false if there
// is no message.
func takeHead(r *printed.Record, fields []printed.Field) (found bool) {
	seen := map[string]bool{}
	for _, f := range fields {
		text, isText := f.Value.(string)
		switch f.Key {
		case "msg", "message", "@message":
			if !found && isText {
				r.Message, found = text, true
				continue
			}
		case "level", "time", "@timestamp", "timestamp", "file", "func", "severity", "logrus_error":
			if !seen[f.Key] {
				seen[f.Key] = true
				continue
			}
		}
		r.Lines = append(r.Lines, f)
	}
	return found
}

func packageOf(value any) string {
	t := reflect.TypeOf(value)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return ""
	}
	return t.PkgPath()
}
