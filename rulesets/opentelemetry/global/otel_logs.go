// SPDX-License-Identifier: Apache-2.0

// Added to the package of the global logger provider: records that are emitted
// while the program has set none. otel.runtime/instrumentation/opentelemetry sets the variables,
// by linkname.

package global

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/log"
)

// otelWanted, if set, reports whether records are to be exported; then otelEmit
// takes each: a *log.Record, with its severity, whose type can't be named there.
//
//go:linkname otelWanted
var otelWanted func(ctx context.Context) bool

//go:linkname otelEmit
var otelEmit func(ctx context.Context, name, version string, severity int, record any)

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
	if otelEnabled(l, ctx) {
		otelPass(l, ctx, r)
	}
}

// otelPass has nothing inlined that the package doesn't use itself: it would show
// importers what it is.
//
//go:linkname otelPass
//go:noinline
func otelPass(l *logger, ctx context.Context, r log.Record) {
	config := log.NewLoggerConfig(l.options...)
	otelEmit(ctx, l.name, config.InstrumentationVersion(), otelSeverity(&r), &r)
}

//go:linkname otelSeverity
//go:noinline
func otelSeverity(record any) int {
	return int(record.(interface{ Severity() log.Severity }).Severity())
}
