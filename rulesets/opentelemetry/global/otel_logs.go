// SPDX-License-Identifier: Apache-2.0

// Added to the package of the global logger provider: records that are emitted
// while the program has set none. otel.runtime/instrumentation/opentelemetry sets the variables,
// by linkname.

package global

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/log"
)

// otelWanted, if set, reports whether records are to be exported; then otelEmit
// takes each.
//
//go:linkname otelWanted
var otelWanted func(ctx context.Context) bool

//go:linkname otelEmit
var otelEmit func(ctx context.Context, r *otelRecord)

// otelRecord is a record in words that each release of the API has. Values are
// those of Go's types, maps are map[string]any.
type otelRecord = struct {
	Name, Version, EventName string
	Time, Observed           any // time.Time
	Severity                 int
	SeverityText             string
	Body                     any
	Err                      error
	Attributes               func(yield func(key string, value any))
}

// otelEnabled reports whether a logger's records are exported without a provider.
//
//go:linkname otelEnabled
//go:noinline
func otelEnabled(l *logger, ctx context.Context) bool {
	return l.delegate.Load() == nil && otelWanted != nil && otelWanted(ctx)
}

// otelTake exports a record if the program has set no provider.
//
//go:linkname otelTake
//go:noinline
func otelTake(l *logger, ctx context.Context, r log.Record) {
	if !otelEnabled(l, ctx) {
		return
	}
	config := log.NewLoggerConfig(l.options...)
	taken := &otelRecord{Name: l.name, Version: config.InstrumentationVersion(), Time: r.Timestamp(), Observed: r.ObservedTimestamp(),
		Severity: int(r.Severity()), SeverityText: r.SeverityText(), Body: otelValue(r.Body())}
	if named, ok := any(&r).(interface{ EventName() string }); ok {
		taken.EventName = named.EventName()
	}
	if failed, ok := any(&r).(interface{ Err() error }); ok {
		taken.Err = failed.Err()
	}
	taken.Attributes = func(yield func(key string, value any)) {
		r.WalkAttributes(func(kv attribute.KeyValue) bool {
			yield(string(kv.Key), otelValue(kv.Value))
			return true
		})
	}
	otelEmit(ctx, taken)
}

// otelValue is a value of Go's types.
//
//go:linkname otelValue
//go:noinline
func otelValue(v attribute.Value) any {
	switch v.Type() {
	case attribute.SLICE:
		var list []any
		for _, item := range v.AsSlice() {
			list = append(list, otelValue(item))
		}
		return list
	case attribute.MAP:
		entries := map[string]any{}
		for _, kv := range v.AsMap() {
			entries[string(kv.Key)] = otelValue(kv.Value)
		}
		return entries
	}
	return v.AsInterface()
}
