// SPDX-License-Identifier: Apache-2.0

package console

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"otel.runtime/exporter/otlp"
)

// LogExporter prints a line for each log record. It is the exporter behind
// OTEL_LOGS_EXPORTER=console.
type LogExporter struct{ out io.Writer }

// NewLogs prints to out, or to stderr if it is nil.
func NewLogs(out io.Writer) *LogExporter {
	if out == nil {
		out = os.Stderr
	}
	return &LogExporter{out}
}

// ExportLogs prints all at once, so that lines of the program don't come between.
func (e *LogExporter) ExportLogs(_ context.Context, records []otlp.LogRecord) error {
	var text strings.Builder
	for _, r := range records {
		at := r.Time
		if at.IsZero() {
			at = r.Observed
		}
		fmt.Fprintf(&text, "log %s %s %q", at.Format("15:04:05.000"), severity(r), r.Body)
		if r.EventName != "" {
			fmt.Fprintf(&text, "  event=%s", r.EventName)
		}
		for _, kv := range r.Attributes {
			fmt.Fprintf(&text, "  %s=%s", kv.Key, kv.Value.Emit())
		}
		if r.Span.IsValid() {
			fmt.Fprintf(&text, "  trace=%s span=%s", r.Span.TraceID(), r.Span.SpanID())
		}
		text.WriteByte('\n')
	}
	_, err := io.WriteString(e.out, text.String())
	return err
}

// severity is the library's word, else the name of the number's range.
func severity(r otlp.LogRecord) string {
	if r.SeverityText != "" {
		return r.SeverityText
	}
	if r.Severity < 1 || r.Severity > 24 {
		return "-"
	}
	return []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}[(r.Severity-1)/4]
}
