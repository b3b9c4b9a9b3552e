// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config/yaml"
)

// instrumentTypes are the kinds by their names in a file. The synchronous gauge has no
// constant in the oldest SDK that this package compiles with.
var instrumentTypes = map[string]sdkmetric.InstrumentKind{
	"counter": sdkmetric.InstrumentKindCounter, "up_down_counter": sdkmetric.InstrumentKindUpDownCounter,
	"histogram": sdkmetric.InstrumentKindHistogram, "observable_counter": sdkmetric.InstrumentKindObservableCounter,
	"observable_up_down_counter": sdkmetric.InstrumentKindObservableUpDownCounter, "observable_gauge": sdkmetric.InstrumentKindObservableGauge,
	"gauge": 7,
}

// views are meter_provider.views.
func (r *reader) views(n *yaml.Node) {
	var limits []int // of the views
	limited := false
	r.items(n, func(item *yaml.Node) {
		before := len(r.file.Views)
		limit := r.view(item)
		if len(r.file.Views) > before {
			limits = append(limits, limit)
			limited = limited || limit > 0
		}
	})
	if !limited {
		return
	}
	r.file.ViewLimit = &ViewLimits{}
	for i, view := range r.file.Views {
		r.file.Views[i] = r.file.ViewLimit.limiting(view, limits[i])
	}
}

// view is an entry of them. Its limit is 0 if it has none.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk/#view
func (r *reader) view(n *yaml.Node) (limit int) {
	var of sdkmetric.Instrument
	var stream sdkmetric.Stream
	known := true
	r.mapping(n, fields{
		"selector": func(n *yaml.Node) {
			r.mapping(n, fields{
				"instrument_name": r.into(&of.Name),
				"unit":            r.into(&of.Unit),
				"meter_name":      r.into(&of.Scope.Name), "meter_version": r.into(&of.Scope.Version), "meter_schema_url": r.into(&of.Scope.SchemaURL),
				"instrument_type": func(n *yaml.Node) {
					if of.Kind, known = instrumentTypes[n.Text]; !known && n.Kind == yaml.Null {
						known = true
					} else if !known {
						r.problem(n, "unknown instrument type %s; the view is ignored", setting.Quote(n.Text))
					}
				},
			})
		},
		"stream": func(n *yaml.Node) {
			r.mapping(n, fields{
				"name": r.into(&stream.Name), "description": r.into(&stream.Description),
				"aggregation":                   func(n *yaml.Node) { stream.Aggregation = r.aggregation(n) },
				"attribute_keys":                func(n *yaml.Node) { stream.AttributeFilter = r.attributeKeys(n) },
				"aggregation_cardinality_limit": func(n *yaml.Node) { limit = r.limitOf(n) },
			})
		},
	})
	switch {
	case !known:
	case of.Name == "" && of.Unit == "" && of.Kind == 0 && of.Scope.Name == "" && of.Scope.Version == "" && of.Scope.SchemaURL == "":
		r.problem(n, "a view needs a selector; it is ignored")
	case stream.Name != "" && strings.ContainsAny(of.Name, "*?"):
		r.problem(n, "a view of several instruments can't name its stream; it is ignored")
	default:
		r.file.Views = append(r.file.Views, sdkmetric.NewView(of, stream))
	}
	return limit
}

// into takes a scalar.
func (r *reader) into(to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		switch n.Kind {
		case yaml.Scalar:
			*to = n.Text
		case yaml.Null:
		default:
			r.problem(n, "a single value belongs here")
		}
	}
}

func (r *reader) aggregation(n *yaml.Node) (made sdkmetric.Aggregation) {
	r.mapping(n, fields{
		"default":    func(*yaml.Node) {},
		"drop":       func(*yaml.Node) { made = sdkmetric.AggregationDrop{} },
		"sum":        func(*yaml.Node) { made = sdkmetric.AggregationSum{} },
		"last_value": func(*yaml.Node) { made = sdkmetric.AggregationLastValue{} },
		"explicit_bucket_histogram": func(n *yaml.Node) {
			h := sdkmetric.AggregationExplicitBucketHistogram{Boundaries: []float64{0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000}}
			r.mapping(n, fields{
				"record_min_max": func(n *yaml.Node) { h.NoMinMax = n.Text == "false" },
				"boundaries": func(n *yaml.Node) {
					bounds, ok := list(n, func(text string) (float64, error) { return strconv.ParseFloat(text, 64) })
					if !ok && n.Kind != yaml.Null {
						r.problem(n, "a sequence of numbers belongs here; the default is used")
						return
					}
					if ok {
						h.Boundaries = bounds
					}
				},
			})
			made = h
		},
		"base2_exponential_bucket_histogram": func(n *yaml.Node) {
			h := sdkmetric.AggregationBase2ExponentialHistogram{MaxSize: 160, MaxScale: 20}
			r.mapping(n, fields{
				"record_min_max": func(n *yaml.Node) { h.NoMinMax = n.Text == "false" },
				"max_size":       r.size(&h.MaxSize),
				"max_scale":      r.size(&h.MaxScale),
			})
			made = h
		},
	})
	return made
}

func (r *reader) size(to *int32) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if v, err := strconv.ParseInt(n.Text, 10, 32); err == nil {
			*to = int32(v)
		} else if n.Kind != yaml.Null {
			r.problem(n, "a number belongs here; %d is used", *to)
		}
	}
}

// attributeKeys keeps what is included, all if nothing is said, but what is excluded.
// A key may have * and ?.
func (r *reader) attributeKeys(n *yaml.Node) attribute.Filter {
	var included, excluded []string
	all := true
	keys := func(to *[]string) func(*yaml.Node) {
		return func(n *yaml.Node) {
			r.items(n, func(item *yaml.Node) { *to = append(*to, item.Text) })
		}
	}
	r.mapping(n, fields{"included": func(n *yaml.Node) { all = n.Kind == yaml.Null; keys(&included)(n) }, "excluded": keys(&excluded)})
	return func(kv attribute.KeyValue) bool {
		return (all || anyFits(included, string(kv.Key))) && !anyFits(excluded, string(kv.Key))
	}
}

func anyFits(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if fits(pattern, text) {
			return true
		}
	}
	return false
}

// fits reports whether text is as a pattern in which * is any text and ? one byte.
func fits(pattern, text string) bool {
	for i := 0; i < len(pattern); i++ {
		switch {
		case pattern[i] == '*':
			for rest := text; ; rest = rest[1:] {
				if fits(pattern[i+1:], rest) {
					return true
				}
				if rest == "" {
					return false
				}
			}
		case text == "" || pattern[i] != '?' && pattern[i] != text[0]:
			return false
		}
		text = text[1:]
	}
	return text == ""
}
