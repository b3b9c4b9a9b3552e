// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/switches"
)

// Logger is a logging library whose records hooks see.
type Logger struct {
	Off        bool // as the program's environment says
	Unredacted bool // records of which it isn't known what is printed are exported as they were made

	scope      string // of its records
	name       string // by which the environment knows it
	severities Severities
}

// Severities are those of a library's levels, from the lowest one on; 0 where it has
// no level of its own.
type Severities struct {
	Lowest int
	Of     []int
}

// NewLogger is the library whose records are of an instrumentation scope, and which
// the environment knows by any of the names, the first one in
// OTEL_GO_LOGS_UNREDACTED too. To be called once, at start.
func NewLogger(scope string, severities Severities, names ...string) *Logger {
	return &Logger{
		Off:        switches.Off(names...),
		Unredacted: switches.Lists(environ.Get("OTEL_GO_LOGS_UNREDACTED"), names[0]),
		scope:      scope, name: names[0], severities: severities,
	}
}

// Name is that by which the environment knows it.
func (l *Logger) Name() string { return l.name }

// Entry is a record of the library without its fields. name is the level's; ctx may be
// nil.
func (l *Logger) Entry(ctx context.Context, at time.Time, level int, name, message string) Entry {
	return Entry{Library: l.scope, Context: ctx, Time: at, Severity: l.severity(level), Level: name, Message: message}
}

// severity is a SeverityNumber. Without a table the levels have OpenTelemetry's
// steps.
func (l *Logger) severity(level int) int {
	at := level - l.severities.Lowest
	switch {
	case l.severities.Of == nil:
		return at
	case at < 0 || at >= len(l.severities.Of):
		return 0
	}
	return l.severities.Of[at]
}

// Span is what a record says of the span that ctx carries, or else of the
// goroutine's, in the spelling of the OpenTelemetry compatibility document for
// formats other than OTLP: trace_id, span_id and trace_flags. All three are empty if
// there is none. ctx may be nil. rule is whose hook asks.
//
// https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/
func Span(rule string, ctx context.Context) (traceID, spanID, flags string) {
	defer hook.Contain(rule, "Span")
	var of trace.SpanContext
	span, carries := current.Decides(ctx)
	if !carries {
		span = current.Span()
	}
	if span != nil {
		of = span.SpanContext()
	}
	if !of.IsValid() {
		return "", "", ""
	}
	return of.TraceID().String(), of.SpanID().String(), of.TraceFlags().String()
}
