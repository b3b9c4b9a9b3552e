// SPDX-License-Identifier: Apache-2.0

// Package zerolog gives the events of github.com/rs/zerolog the fields of the
// span in which they are written, and exports what is printed of them.
// rulesets/zerolog says where. Nothing here imports zerolog: the program's
// version of it stays the program's.
package zerolog

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

// span is called by the file that is added to zerolog.
//
//go:linkname span github.com/rs/zerolog.otelSpan
var span func(event any) (traceID, spanID, flags string)

// wanted and emit likewise.
//
//go:linkname wanted github.com/rs/zerolog.otelWanted
var wanted func() bool

//go:linkname emit github.com/rs/zerolog.otelEmit
var emit func(l *line)

//go:linkname bridged github.com/rs/zerolog.otelBridged
var bridged func(at time.Time)

// line is as in the file that is added.
type line = struct {
	Event                                    any
	Level                                    int
	Name                                     string
	LevelKey, TimeKey, MessageKey, CallerKey string
	Out                                      any
	Line                                     []byte
}

// noLevel is that of events without one.
const noLevel = 6

// logger has the severities of zerolog's levels, from trace to panic.
var logger = logs.NewLogger("github.com/rs/zerolog", logs.Severities{Lowest: -1, Of: []int{1, 5, 9, 13, 17, 21, 24}}, "zerolog", "github.com/rs/zerolog")

func init() {
	if !logger.Off {
		span, wanted, emit, bridged = spanOf, logs.Enabled, write, fromSlog
	}
}

// Context is that of an event; nil in releases in which it has none.
var Context func(event any) context.Context

func contextOf(event any) context.Context {
	if Context == nil {
		return nil
	}
	return Context(event)
}

func spanOf(event any) (traceID, spanID, flags string) {
	return logs.Span("zerolog_fields", contextOf(event))
}

// fromSlog is for a record of slog, which isn't exported, as the event is that it
// becomes.
func fromSlog(at time.Time) {
	defer hook.Contain("zerolog_slog", "fromSlog")
	printed.Bridged(at)
}

// write exports an event that its writer prints.
func write(l *line) {
	defer hook.Contain("zerolog_printed", "write")
	e := logger.Entry(contextOf(l.Event), time.Now(), l.Level, l.Name, "")
	e.Given, e.Printed = l.Level >= noLevel, true
	fields, ok := printed.JSON(l.Line)
	if !ok {
		return
	}
	shown := sinks{level: l.Level, messageKey: l.MessageKey}
	shown.through(reflect.ValueOf(l.Out), 8)
	switch {
	case logger.Unredacted:
	case shown.unknown != "":
		printed.ReportType(logger, shown.unknown)
		return
	case !shown.anywhere:
		return
	}
	var rest []printed.Field
	e.Message, rest = takeHead(&e.Level, l, fields)
	if shown.noMessage && !logger.Unredacted {
		e.Message = ""
	}
	e.Fields = func(yield func(key string, value any)) {
		for _, f := range rest {
			if logger.Unredacted || !shown.hides(f.Key) {
				yield(f.Key, f.Value)
			}
		}
	}
	logs.Write(e)
}

// takeHead takes level, time, caller and message out of the fields. The level stands
// in front of the program's fields, the others behind them.
func takeHead(level *string, l *line, fields []printed.Field) (message string, rest []printed.Field) {
	first, last := map[string]int{}, map[string]int{}
	for i, f := range fields {
		if _, is := first[f.Key]; !is {
			first[f.Key] = i
		}
		last[f.Key] = i
	}
	for i, f := range fields {
		text, isText := f.Value.(string)
		switch {
		case f.Key == "":
		case f.Key == l.LevelKey && i == first[f.Key] && isText:
			*level = text
			continue
		case f.Key == l.MessageKey && i == last[f.Key] && isText:
			message = text
			continue
		case (f.Key == l.TimeKey || f.Key == l.CallerKey) && i == last[f.Key]:
			continue
		}
		rest = append(rest, f)
	}
	return message, rest
}

// sinks are what an event's writer prints of it.
type sinks struct {
	level      int
	messageKey string

	anywhere  bool   // some writer prints it
	unknown   string // the type of a writer of which it isn't known what it prints
	excluded  []string
	noMessage bool
}

func (s *sinks) hides(key string) bool {
	for _, excluded := range s.excluded {
		if key == excluded || strings.HasPrefix(key, excluded+".") {
			return true
		}
	}
	return false
}

// through takes a writer, and those that it writes to.
func (s *sinks) through(v reflect.Value, depth int) {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if !v.IsValid() || depth == 0 {
		return
	}
	inner := func(name string) {
		if f := v.FieldByName(name); f.IsValid() {
			s.through(f, depth-1)
		}
	}
	switch v.Type().PkgPath() + "." + v.Type().Name() {
	case "github.com/rs/zerolog.LevelWriterAdapter", "github.com/rs/zerolog.levelWriterAdapter":
		inner("Writer")
	case "github.com/rs/zerolog.syncWriter":
		inner("lw")
	case "github.com/rs/zerolog/diode.Writer":
		inner("w")
	case "github.com/rs/zerolog.FilteredLevelWriter":
		if s.level >= int(v.FieldByName("Level").Int()) {
			inner("Writer")
		}
	case "github.com/rs/zerolog.TriggerLevelWriter":
		if s.level <= int(v.FieldByName("ConditionalLevel").Int()) {
			s.unknown = v.Type().String() // it may be that it never prints them
			return
		}
		inner("Writer")
	case "github.com/rs/zerolog.multiLevelWriter":
		for writers, i := v.FieldByName("writers"), 0; i < writers.Len(); i++ {
			s.through(writers.Index(i), depth-1)
		}
	case "github.com/rs/zerolog.ConsoleWriter":
		if changes(v) {
			s.unknown = v.Type().String()
			return
		}
		s.excluded = append(s.excluded, texts(v, "FieldsExclude")...)
		order := texts(v, "PartsOrder")
		s.noMessage = s.noMessage || has(texts(v, "PartsExclude"), s.messageKey) || order != nil && !has(order, s.messageKey)
		inner("Out")
	case "github.com/rs/zerolog.syslogWriter", "github.com/rs/zerolog.TestWriter", "github.com/rs/zerolog/journald.journalWriter":
		s.anywhere = true
	default:
		if !printed.IsPlainValue(v) {
			s.unknown = v.Type().String()
			return
		}
		s.anywhere = true
	}
}

// changes reports whether a ConsoleWriter has a function of the program's that may
// print something else in a value's place.
func changes(console reflect.Value) bool {
	for _, name := range []string{"FormatMessage", "FormatFieldValue", "FormatErrFieldValue", "FormatPartValueByName", "FormatExtra", "FormatPrepare"} {
		if f := console.FieldByName(name); f.IsValid() && !f.IsNil() {
			return true
		}
	}
	return false
}

// texts are the strings of a list.
func texts(of reflect.Value, field string) (all []string) {
	if list := of.FieldByName(field); list.IsValid() {
		for i := 0; i < list.Len(); i++ {
			all = append(all, list.Index(i).String())
		}
	}
	return all
}

func has(all []string, text string) bool {
	for _, one := range all {
		if one == text {
			return true
		}
	}
	return false
}
