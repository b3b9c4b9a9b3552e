// SPDX-License-Identifier: Apache-2.0

package opentelemetry

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/logs"
	"otel.runtime/telemetry/logs/printed"
)

// Set for the files that are added to the global logger provider, of which a
// program has one.

//go:linkname logsWanted go.opentelemetry.io/otel/internal/global.otelWanted
var logsWanted func(ctx context.Context) bool

//go:linkname logsEmit go.opentelemetry.io/otel/internal/global.otelEmit
var logsEmit func(ctx context.Context, r *logRecord)

//go:linkname logsWantedBefore go.opentelemetry.io/otel/log/internal/global.otelWanted
var logsWantedBefore func(ctx context.Context) bool

//go:linkname logsEmitBefore go.opentelemetry.io/otel/log/internal/global.otelEmit
var logsEmitBefore func(ctx context.Context, r *logRecord)

// logRecord is as in these files.
type logRecord = struct {
	Name, Version, EventName string
	Time, Observed           any
	Severity                 int
	SeverityText             string
	Body                     any
	Err                      error
	Attributes               func(yield func(key string, value any))
}

func init() {
	if !off {
		logsWanted, logsEmit = wantsLogs, emitLog
		logsWantedBefore, logsEmitBefore = wantsLogs, emitLog
	}
}

func wantsLogs(context.Context) bool { return logs.Enabled() && !current.Suppressed() }

// emitLog exports a record of the Logs API, which isn't exported again where a
// bridge made it of a logging library's.
func emitLog(ctx context.Context, r *logRecord) {
	defer hook.Contain("otel_logs_emit", "emitLog")
	at, _ := r.Time.(time.Time)
	observed, _ := r.Observed.(time.Time)
	printed.Bridged(at)
	e := logs.Entry{Library: r.Name, Version: r.Version, Event: r.EventName, Context: ctx, Time: at, Observed: observed,
		Severity: r.Severity, Given: true, Level: r.SeverityText, Message: bodyText(r.Body)}
	e.Fields = func(yield func(key string, value any)) {
		r.Attributes(yield)
		if r.Err != nil {
			yield("error", r.Err)
		}
	}
	logs.Write(e)
}

// bodyText is a body as text: JSON of what has parts.
func bodyText(body any) string {
	switch body := body.(type) {
	case nil:
		return ""
	case string:
		return body
	case []byte, []any, map[string]any, []bool, []int64, []float64, []string:
		if text, err := json.Marshal(body); err == nil {
			return string(text)
		}
	}
	return fmt.Sprint(body)
}
