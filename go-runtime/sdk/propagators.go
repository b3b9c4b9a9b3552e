// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"fmt"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/propagators"
)

// setPropagator sets what OTEL_PROPAGATORS names, unless the program has set a
// propagator already.
func (s settings) setPropagator() {
	if !isUnset(otel.GetTextMapPropagator()) {
		return
	}
	otel.SetTextMapPropagator(s.propagator())
}

func (s settings) propagator() propagation.TextMapPropagator {
	names := s.list("OTEL_PROPAGATORS")
	if len(names) == 0 {
		names = []string{"tracecontext", "baggage"}
	}
	var all []propagation.TextMapPropagator
	taken := map[string]bool{}
	for _, name := range names {
		lower := strings.ToLower(name)
		if taken[lower] {
			continue
		}
		taken[lower] = true
		switch lower {
		case "tracecontext":
			all = append(all, propagation.TraceContext{})
		case "baggage":
			all = append(all, propagation.Baggage{})
		case "b3":
			all = append(all, propagators.B3{})
		case "b3multi":
			all = append(all, propagators.B3{Multi: true})
		case "jaeger":
			all = append(all, propagators.Jaeger{})
		case "xray":
			all = append(all, propagators.XRay{})
		case "ottrace":
			all = append(all, propagators.OTTrace{})
		case "none":
		default:
			s.report(fmt.Sprintf("OTEL_PROPAGATORS: unknown propagator %s; known are tracecontext, baggage, b3, b3multi, jaeger, ottrace, xray and none", setting.Quote(name)))
		}
	}
	return propagation.NewCompositeTextMapPropagator(all...)
}
