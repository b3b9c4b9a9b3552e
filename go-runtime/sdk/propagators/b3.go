// SPDX-License-Identifier: Apache-2.0

// Package propagators has the propagators beside W3C's that OTEL_PROPAGATORS may
// name. What doesn't have the form of its header is taken for absent.
//
// https://opentelemetry.io/docs/specs/otel/context/api-propagators/
package propagators

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// B3 is Zipkin's propagator: it reads both of its forms, and writes the single
// header or, if Multi, one for each field.
//
// https://github.com/openzipkin/b3-propagation
type B3 struct{ Multi bool }

const (
	b3Single  = "b3"
	b3Trace   = "x-b3-traceid"
	b3Span    = "x-b3-spanid"
	b3Sampled = "x-b3-sampled"
	b3Flags   = "x-b3-flags"
)

type debugKey struct{}

// Inject writes the span of ctx. The debug flag of an extracted context goes on.
func (b B3) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	sc := trace.SpanContextFromContext(ctx)
	if !sc.IsValid() {
		return
	}
	sampled := "0"
	if sc.IsSampled() {
		sampled = "1"
	}
	debug := ctx.Value(debugKey{}) != nil
	if !b.Multi {
		if debug {
			sampled = "d"
		}
		carrier.Set(b3Single, sc.TraceID().String()+"-"+sc.SpanID().String()+"-"+sampled)
		return
	}
	carrier.Set(b3Trace, sc.TraceID().String())
	carrier.Set(b3Span, sc.SpanID().String())
	if debug {
		carrier.Set(b3Flags, "1")
	} else {
		carrier.Set(b3Sampled, sampled)
	}
}

// Extract prefers the single header.
func (B3) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	if fields := strings.Split(carrier.Get(b3Single), "-"); len(fields) >= 2 {
		sampling := ""
		if len(fields) > 2 {
			sampling = fields[2]
		}
		if out, ok := extractB3(ctx, fields[0], fields[1], sampling); ok {
			return out
		}
	}
	sampling := carrier.Get(b3Sampled)
	if carrier.Get(b3Flags) == "1" {
		sampling = "d"
	}
	out, _ := extractB3(ctx, carrier.Get(b3Trace), carrier.Get(b3Span), sampling)
	return out
}

func extractB3(ctx context.Context, traceID, spanID, sampling string) (context.Context, bool) {
	var flags trace.TraceFlags
	switch sampling {
	case "1", "true", "d":
		flags = trace.FlagsSampled
	}
	out, ok := extracted(ctx, traceID, spanID, flags, trace.TraceState{})
	if ok && sampling == "d" {
		out = context.WithValue(out, debugKey{}, true)
	}
	return out, ok
}

// Fields are the headers that Inject writes.
func (b B3) Fields() []string {
	if b.Multi {
		return []string{b3Trace, b3Span, b3Sampled, b3Flags}
	}
	return []string{b3Single}
}

// extracted is ctx with a remote span, if both identifiers are good. A trace ID
// may be short of leading zeros.
func extracted(ctx context.Context, traceID, spanID string, flags trace.TraceFlags, state trace.TraceState) (context.Context, bool) {
	t, err := trace.TraceIDFromHex(padded(traceID, 32))
	if err != nil {
		return ctx, false
	}
	s, err := trace.SpanIDFromHex(padded(spanID, 16))
	if err != nil {
		return ctx, false
	}
	return trace.ContextWithRemoteSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: t, SpanID: s, TraceFlags: flags, TraceState: state, Remote: true,
	})), true
}

// padded is lower-case hexadecimal of a size.
func padded(text string, size int) string {
	if n := size - len(text); n > 0 && text != "" {
		text = strings.Repeat("0", n) + text
	}
	return strings.ToLower(text)
}
