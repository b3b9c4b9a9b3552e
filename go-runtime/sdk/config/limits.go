// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config/yaml"
)

// Limits are how many sets of attributes each instrument of a kind may have in one
// reader. Kind 0 is for those that aren't named.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits
type Limits map[sdkmetric.InstrumentKind]int

// Of is the limit of a kind, and whether there is one.
func (l Limits) Of(kind sdkmetric.InstrumentKind) (limit int, said bool) {
	if limit, said = l[kind]; !said {
		limit, said = l[0]
	}
	return limit, said
}

// cardinalityLimits takes those of a reader that has this exporter.
func (r *reader) cardinalityLimits(exporter string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		limits := Limits{}
		entry := func(kind sdkmetric.InstrumentKind) func(*yaml.Node) {
			return func(n *yaml.Node) {
				if v := r.limitOf(n); v > 0 {
					limits[kind] = v
				}
			}
		}
		known := fields{"default": entry(0)}
		for name, kind := range instrumentTypes {
			known[name] = entry(kind)
		}
		r.mapping(n, known)
		if len(limits) == 0 {
			return
		}
		if r.file.Limits == nil {
			r.file.Limits = map[string]Limits{}
		}
		r.file.Limits[exporter] = limits
	}
}

// limitOf is a limit; 0 if there is none.
func (r *reader) limitOf(n *yaml.Node) int {
	v, err := strconv.Atoi(n.Text)
	if err == nil && v > 0 {
		return v
	}
	if n.Kind != yaml.Null {
		r.problem(n, "%s is not a positive integer; it is ignored", setting.Quote(n.Text))
	}
	return 0
}

// exporterOf is the one that a periodic reader has, as OTEL_METRICS_EXPORTER names it.
func exporterOf(n *yaml.Node) string {
	if exporter := n.Get("exporter"); exporter != nil && exporter.Get("console") != nil {
		return "console"
	}
	return "otlp"
}
