// SPDX-License-Identifier: Apache-2.0

package propagators

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// OTTrace is the propagator of OpenTracing's basic tracers, with their baggage. Its
// trace ids have 64 bits, the last of a longer one.
//
// https://github.com/opentracing/basictracer-go
type OTTrace struct{}

const (
	ottraceTrace   = "ot-tracer-traceid"
	ottraceSpan    = "ot-tracer-spanid"
	ottraceSampled = "ot-tracer-sampled"
	ottraceBaggage = "ot-baggage-"
)

// Inject writes the span of ctx, and each member of its baggage.
func (OTTrace) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	sc := trace.SpanContextFromContext(ctx)
	if !sc.IsValid() {
		return
	}
	sampled := "false"
	if sc.IsSampled() {
		sampled = "true"
	}
	carrier.Set(ottraceTrace, sc.TraceID().String()[16:])
	carrier.Set(ottraceSpan, sc.SpanID().String())
	carrier.Set(ottraceSampled, sampled)
	for _, member := range baggage.FromContext(ctx).Members() {
		carrier.Set(ottraceBaggage+member.Key(), member.Value())
	}
}

// Extract reads both.
func (OTTrace) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	var flags trace.TraceFlags
	switch strings.ToLower(carrier.Get(ottraceSampled)) {
	case "true", "1":
		flags = trace.FlagsSampled
	}
	with, ok := extracted(ctx, carrier.Get(ottraceTrace), carrier.Get(ottraceSpan), flags, trace.TraceState{})
	if !ok {
		return ctx
	}
	return extractBaggage(with, carrier, ottraceBaggage, func(value string) (string, error) { return value, nil })
}

// Fields are the headers that Inject writes, those of baggage aside.
func (OTTrace) Fields() []string { return []string{ottraceTrace, ottraceSpan, ottraceSampled} }
