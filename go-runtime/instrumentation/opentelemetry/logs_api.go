// SPDX-License-Identifier: Apache-2.0

package opentelemetry

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"

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
var logsEmit func(ctx context.Context, name, version string, severity int, record any)

//go:linkname logsWantedBefore go.opentelemetry.io/otel/log/internal/global.otelWanted
var logsWantedBefore func(ctx context.Context) bool

//go:linkname logsEmitBefore go.opentelemetry.io/otel/log/internal/global.otelEmit
var logsEmitBefore func(ctx context.Context, r *logRecord)

// logRecord is as in the file for releases before v1.
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
		logsWanted, logsEmit = wantsLogs, emitRecord
		logsWantedBefore, logsEmitBefore = wantsLogs, emitLog
	}
}

func wantsLogs(context.Context) bool { return logs.Enabled() && !current.Suppressed() }

// apiRecord is a *log.Record, whose package programs needn't have.
type apiRecord interface {
	EventName() string
	Timestamp() time.Time
	ObservedTimestamp() time.Time
	SeverityText() string
	Body() attribute.Value
	Err() error
	WalkAttributes(func(attribute.KeyValue) bool)
}

func emitRecord(ctx context.Context, name, version string, severity int, record any) {
	defer hook.Contain("otel_logs_emit", "emitRecord")
	r, ok := record.(apiRecord)
	if !ok {
		return
	}
	emitLog(ctx, &logRecord{Name: name, Version: version, EventName: r.EventName(), Time: r.Timestamp(), Observed: r.ObservedTimestamp(),
		Severity: severity, SeverityText: r.SeverityText(), Body: goValue(r.Body()), Err: r.Err(),
		Attributes: func(yield func(key string, value any)) {
			r.WalkAttributes(func(kv attribute.KeyValue) bool {
				yield(string(kv.Key), goValue(kv.Value))
				return true
			})
		}})
}

// goValue is a value of Go's types; a map is a map[string]any.
func goValue(v attribute.Value) any {
	switch v := v.AsInterface().(type) {
	case []attribute.Value:
		var list []any
		for _, item := range v {
			list = append(list, goValue(item))
		}
		return list
	case []attribute.KeyValue:
		entries := map[string]any{}
		for _, kv := range v {
			entries[string(kv.Key)] = goValue(kv.Value)
		}
		return entries
	default:
		return v
	}
}

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
