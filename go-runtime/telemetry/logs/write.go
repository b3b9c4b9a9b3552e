// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/exception"
)

// Entry is a record as a logging library has it.
type Entry struct {
	Library  string // the instrumentation scope
	Context  context.Context
	Time     time.Time
	Severity int  // SeverityNumber of the logs data model
	Given    bool // 0 is no severity; else it is the lowest
	Level    string
	Message  string
	Fields   func(yield func(key string, value any)) // nil: none
	Version  string                                  // of the scope
	Event    string                                  // its name, if it is one
	Observed time.Time                               // zero: now
	Printed  bool                                    // fields are a printed line's: the span's ids may be among them
}

// Sorted are fields in the order of their keys; for Entry.
func Sorted(fields map[string]any) func(yield func(key string, value any)) {
	return func(yield func(key string, value any)) {
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			yield(key, fields[key])
		}
	}
}

// Write emits an entry, within the span of its context or else of the goroutine.
// The first error among its fields is the record's exception. A panic of a
// field's own method is the field's value.
func Write(e Entry) {
	if !Enabled() || current.Suppressed() {
		return
	}
	severity := clamp(e.Severity)
	if e.Given && e.Severity == 0 {
		severity = 0
	}
	r := otlp.LogRecord{
		Time: e.Time, Severity: severity, SeverityText: e.Level, Body: e.Message, Scope: e.Library, ScopeVersion: e.Version,
		EventName: e.Event, Observed: e.Observed,
		Span: trace.SpanContextFromContext(current.Context(e.Context)),
	}
	if e.Fields != nil {
		var failure error
		var ids printedIDs
		e.Fields(func(key string, value any) {
			if e.Printed && ids.take(key, value) {
				return
			}
			r.Attributes = appendField(r.Attributes, key, value, 5)
			if err, ok := value.(error); ok && failure == nil {
				failure = err
			}
		})
		if failure != nil {
			r.Attributes = append(r.Attributes, exceptionType.String(exception.Type(failure)),
				exceptionMessage.String(exception.Message(failure)))
		}
		ids.put(&r)
	}
	limit(&r)
	Emit(r)
}

// printedIDs are the ids of a span in a printed line.
type printedIDs struct{ trace, span, flags string }

func (ids *printedIDs) take(key string, value any) bool {
	text, _ := value.(string)
	switch {
	case key == "trace_id" && ids.trace == "":
		ids.trace = text
	case key == "span_id" && ids.span == "":
		ids.span = text
	case key == "trace_flags" && ids.flags == "":
		ids.flags = text
	default:
		return false
	}
	return text != ""
}

// put makes them the record's span if it has none, and attributes if they are
// those of another.
func (ids *printedIDs) put(r *otlp.LogRecord) {
	traceID, err := trace.TraceIDFromHex(ids.trace)
	spanID, bad := trace.SpanIDFromHex(ids.span)
	switch {
	case ids.trace == r.Span.TraceID().String() && ids.span == r.Span.SpanID().String():
		return
	case !r.Span.IsValid() && err == nil && bad == nil:
		config := trace.SpanContextConfig{TraceID: traceID, SpanID: spanID}
		if ids.flags == "01" {
			config.TraceFlags = trace.FlagsSampled
		}
		r.Span = trace.NewSpanContext(config)
		return
	}
	for _, own := range []struct{ key, value string }{{"trace_id", ids.trace}, {"span_id", ids.span}, {"trace_flags", ids.flags}} {
		if own.value != "" {
			r.Attributes = append(r.Attributes, attribute.String(own.key, own.value))
		}
	}
}

// Attributes of a record of an error, by the semantic conventions.
const (
	exceptionType    = attribute.Key("exception.type")
	exceptionMessage = attribute.Key("exception.message")
)

// appendField adds a field; those of a group as "group.field", since attributes
// have no other depth. What lies deeper than depth is text: a map may have itself
// in it.
func appendField(to []attribute.KeyValue, key string, value any, depth int) []attribute.KeyValue {
	if group, ok := value.(map[string]any); ok && len(group) > 0 && depth > 0 {
		for _, inner := range slices.Sorted(maps.Keys(group)) {
			to = appendField(to, key+"."+inner, group[inner], depth-1)
		}
		return to
	}
	return append(to, attributeOf(key, value))
}

// attributeOf keeps numbers and flags; everything else becomes text.
func attributeOf(key string, value any) attribute.KeyValue {
	k := attribute.Key(key)
	switch v := value.(type) {
	case string:
		return k.String(v)
	case bool:
		return k.Bool(v)
	case int:
		return k.Int(v)
	case int64:
		return k.Int64(v)
	case int32:
		return k.Int64(int64(v))
	case uint32:
		return k.Int64(int64(v))
	case float64:
		return k.Float64(v)
	case float32:
		return k.Float64(float64(v))
	}
	return k.String(fmt.Sprint(value)) // fmt contains panics of String and Error
}

// clamp is for levels of the program's own beyond what there are numbers for.
func clamp(severity int) int {
	if severity < 1 {
		return 1
	}
	if severity > 24 {
		return 24
	}
	return severity
}
