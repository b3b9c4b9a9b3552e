// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"reflect"
	"strings"
	"sync/atomic"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"otel.runtime/internal/environ"
)

// A program whose own tracing is off often sets a provider that does nothing. Its
// own spans stay off then, and who asks for the global provider gets what was set;
// but hooks take such a provider for none, and use ours.

// noopCounts is whether a no-op provider counts as one: then hooks record nothing.
var noopCounts = strings.EqualFold(strings.TrimSpace(environ.Get("OTEL_GO_NOOP_PROVIDER")), "keep")

// CountsAsNone reports whether a tracer, meter or logger provider is one that the
// API has for doing nothing, or one of the SDK with nothing behind it, and isn't to
// be kept.
func CountsAsNone(provider any) bool {
	if noopCounts || provider == nil {
		return false
	}
	if traces, ok := provider.(trace.TracerProvider); ok && silent(traces) {
		return true
	}
	return doesNothing(provider)
}

// doesNothing is CountsAsNone for what a provider is for good.
func doesNothing(provider any) bool {
	t := reflect.TypeOf(provider)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.PkgPath() {
	case "go.opentelemetry.io/otel/trace/noop", "go.opentelemetry.io/otel/metric/noop", "go.opentelemetry.io/otel/log/noop":
		return true
	case "go.opentelemetry.io/otel/trace":
		return t.Name() == "noopTracerProvider" // of trace.NewNoopTracerProvider
	case "go.opentelemetry.io/otel/sdk/metric":
		return isEmpty(provider, "pipes") // one for each reader
	}
	return false
}

// isEmpty reports whether provider points to a struct with a list of that name in
// which there is nothing.
func isEmpty(provider any, list string) bool {
	of := reflect.ValueOf(provider)
	if of.Kind() != reflect.Pointer || of.IsNil() || of.Elem().Kind() != reflect.Struct {
		return false
	}
	field := of.Elem().FieldByName(list)
	return field.IsValid() && field.Kind() == reflect.Slice && field.Len() == 0
}

// fallback is what hooks use where the global provider counts as none; nil
// without an SDK of ours.
var fallback atomic.Pointer[trace.TracerProvider]

// SetFallback sets it.
func SetFallback(provider trace.TracerProvider) { fallback.Store(&provider) }

// judged is the last global provider that was asked about.
var judged atomic.Pointer[judgement]

type judgement struct {
	of   [2]uintptr
	none bool
}

// silenced reports whether the global provider, as it is now, counts as none.
func silenced() bool { return isNone(otel.GetTracerProvider()) }

// isNone is CountsAsNone for the global provider.
func isNone(global trace.TracerProvider) bool {
	of := identity(global)
	last := judged.Load()
	if last == nil || last.of != of {
		last = &judgement{of, !noopCounts && global != nil && doesNothing(global)}
		judged.Store(last)
	}
	return last.none || silent(global)
}

// Decides is Carried for the parent of what a hook starts, and for log records. The program's own
// instrumentation, where it is off, leaves behind what says nothing: a span of no
// operation for a context that had none, and the caller's where it has read the
// request's headers once more, within our span of that request. Its spans that lead
// nowhere aren't seen either.
func Decides(ctx context.Context) (span trace.Span, carries bool) {
	span, carries = Carried(ctx)
	if leadsNowhere(span) {
		span = behind(ctx)
		return span, span != nil
	}
	if span == nil || !silenced() {
		return span, carries
	}
	if of := span.SpanContext(); of.IsRemote() && servedFor(of) || !of.IsValid() && saysNothing(span) {
		return nil, false
	}
	return span, carries
}

// servedFor reports whether this goroutine's work has been begun for the caller of
// that span.
func servedFor(caller trace.SpanContext) bool {
	n, _, _ := newest()
	if n == nil {
		return false
	}
	if n = n.liveWork(); n == nil || n.trace != caller.TraceID() {
		return false
	}
	_, span := n.live()
	switch span := span.(type) {
	case described:
		return span.Parent().SpanID() == caller.SpanID()
	case *unsampledSpan:
		return span.parent.SpanID() == caller.SpanID()
	}
	return false
}

// saysNothing reports whether a span is one of a no-op tracer's. Those of
// trace.NewNoopTracerProvider hide the span that there was.
func saysNothing(span trace.Span) bool {
	_, is := span.(noop.Span)
	return is || reflect.TypeOf(span) == reflect.TypeOf(none)
}
