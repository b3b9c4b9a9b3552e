// SPDX-License-Identifier: Apache-2.0

package propagators

import (
	"context"
	"strings"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// XRay is the propagator of AWS X-Ray.
//
// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
type XRay struct{}

const xrayHeader = "X-Amzn-Trace-Id"

// Inject writes the span of ctx: a trace ID is its version, eight digits of time
// and the rest.
func (XRay) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	sc := trace.SpanContextFromContext(ctx)
	if !sc.IsValid() {
		return
	}
	sampled := "0"
	if sc.IsSampled() {
		sampled = "1"
	}
	id := sc.TraceID().String()
	carrier.Set(xrayHeader, "Root=1-"+id[:8]+"-"+id[8:]+";Parent="+sc.SpanID().String()+";Sampled="+sampled)
}

// Extract takes the fields in any order and passes over others.
func (XRay) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	var root, parent string
	var flags trace.TraceFlags
	for _, field := range strings.Split(carrier.Get(xrayHeader), ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		switch key {
		case "Root":
			root = value
		case "Parent":
			parent = value
		case "Sampled":
			if value == "1" {
				flags = trace.FlagsSampled
			}
		}
	}
	parts := strings.Split(root, "-")
	if len(parts) != 3 || parts[0] != "1" || len(parts[1]) != 8 || len(parts[2]) != 24 || len(parent) != 16 {
		return ctx
	}
	ctx, _ = extracted(ctx, parts[1]+parts[2], parent, flags, trace.TraceState{})
	return ctx
}

// Fields are the headers that Inject writes.
func (XRay) Fields() []string { return []string{xrayHeader} }
