// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/exporter/otlp/wire"
)

// LogRecord is a record of the logs data model.
//
// https://opentelemetry.io/docs/specs/otel/logs/data-model/
type LogRecord struct {
	Time         time.Time // zero: not known
	Observed     time.Time
	Severity     int    // SeverityNumber, 1 (TRACE) to 24 (FATAL4); 0: not known
	SeverityText string // as the program's library calls it
	Body         string
	Attributes   []attribute.KeyValue
	Dropped      int               // attributes
	Span         trace.SpanContext // in which it was written; invalid: none
	Scope        string            // name of the instrumentation scope
	ScopeVersion string
	EventName    string // empty: none
}

// AppendLogsRequest appends the ExportLogsServiceRequest that carries records,
// in groups of one instrumentation scope. Within a group they keep their order.
func AppendLogsRequest(b []byte, of *resource.Resource, records []LogRecord) []byte {
	b, inResource := wire.Open(b, 1, 3)
	b = appendResource(b, of)
	type group struct{ name, version string }
	done := map[group]bool{}
	for first, r := range records {
		of := group{r.Scope, r.ScopeVersion}
		if done[of] {
			continue
		}
		done[of] = true
		var inScope, scope wire.Mark
		b, inScope = wire.Open(b, 2, 3)
		b, scope = wire.Open(b, 1, 1)
		b = wire.AppendString(b, 1, r.Scope)
		b = wire.AppendString(b, 2, r.ScopeVersion)
		b = wire.Close(b, scope)
		for i := first; i < len(records); i++ {
			if records[i].Scope == r.Scope && records[i].ScopeVersion == r.ScopeVersion {
				b = appendLogRecord(b, &records[i])
			}
		}
		b = wire.Close(b, inScope)
	}
	b = wire.AppendString(b, 3, of.SchemaURL())
	return wire.Close(b, inResource)
}

func appendLogRecord(b []byte, r *LogRecord) []byte {
	b, record := wire.Open(b, 2, 2)
	b = wire.AppendFixed64(b, 1, unixNano(r.Time))
	b = wire.AppendUint(b, 2, count(r.Severity))
	b = wire.AppendString(b, 3, r.SeverityText)
	b, body := wire.Open(b, 5, 2)
	b = wire.AppendPresentString(b, 1, r.Body)
	b = wire.Close(b, body)
	b = appendAttributes(b, 6, r.Attributes)
	b = wire.AppendUint(b, 7, count(r.Dropped))
	if r.Span.IsValid() {
		traceID, spanID := r.Span.TraceID(), r.Span.SpanID()
		b = wire.AppendFixed32(b, 8, uint32(r.Span.TraceFlags()))
		b = wire.AppendBytes(b, 9, traceID[:])
		b = wire.AppendBytes(b, 10, spanID[:])
	}
	b = wire.AppendFixed64(b, 11, unixNano(r.Observed))
	b = wire.AppendString(b, 12, r.EventName)
	return wire.Close(b, record)
}
