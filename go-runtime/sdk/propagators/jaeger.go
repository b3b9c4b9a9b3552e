// SPDX-License-Identifier: Apache-2.0

package propagators

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Jaeger is the propagator of Jaeger's own clients, with their baggage.
//
// https://www.jaegertracing.io/sdk-migration/#propagation-format
type Jaeger struct{}

const (
	jaegerTrace   = "uber-trace-id"
	jaegerBaggage = "uberctx-"
)

// Inject writes the span of ctx, and each member of its baggage.
func (Jaeger) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	for _, member := range baggage.FromContext(ctx).Members() {
		carrier.Set(jaegerBaggage+member.Key(), url.QueryEscape(member.Value()))
	}
	sc := trace.SpanContextFromContext(ctx)
	if !sc.IsValid() {
		return
	}
	flags := "0"
	if sc.IsSampled() {
		flags = "1"
	}
	// The third field, the parent, is deprecated and always 0.
	carrier.Set(jaegerTrace, sc.TraceID().String()+":"+sc.SpanID().String()+":0:"+flags)
}

// Extract reads both. In flags, bit 0 is sampled and bit 1 is debug.
func (Jaeger) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	ctx = extractBaggage(ctx, carrier, jaegerBaggage, url.QueryUnescape)
	header := carrier.Get(jaegerTrace)
	if unescaped, err := url.QueryUnescape(header); err == nil {
		header = unescaped
	}
	fields := strings.Split(header, ":")
	if len(fields) != 4 {
		return ctx
	}
	bits, err := strconv.ParseUint(fields[3], 16, 8)
	if err != nil {
		return ctx
	}
	var flags trace.TraceFlags
	if bits&3 != 0 {
		flags = trace.FlagsSampled
	}
	ctx, _ = extracted(ctx, fields[0], fields[1], flags, trace.TraceState{})
	return ctx
}

// Fields are the headers that Inject writes, those of baggage aside.
func (Jaeger) Fields() []string { return []string{jaegerTrace} }
