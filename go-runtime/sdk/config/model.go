// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config/yaml"
)

// Nothing is exported, and nothing propagated, unless the file says so.
var unsaid = map[string]string{
	"OTEL_TRACES_EXPORTER":   "none",
	"OTEL_METRICS_EXPORTER":  "none",
	"OTEL_LOGS_EXPORTER":     "none",
	"OTEL_PROFILES_EXPORTER": "none",
	"OTEL_PROPAGATORS":       "none",
}

func (r *reader) configuration(n *yaml.Node) {
	r.mapping(n, fields{
		"file_format":                 func(*yaml.Node) {},
		"disabled":                    r.truth("OTEL_SDK_DISABLED"),
		"log_level":                   r.logLevel,
		"attribute_limits":            r.limits("OTEL_"),
		"resource":                    r.resource,
		"propagator":                  r.propagator,
		"tracer_provider":             r.tracerProvider,
		"meter_provider":              r.meterProvider,
		"logger_provider":             r.loggerProvider,
		"instrumentation/development": r.instrumentation,
		"distribution":                r.distribution,
	})
	for name, value := range unsaid {
		if r.file.Variables[name] == "" {
			r.file.Variables[name] = value
		}
	}
}

// logLevel is one of the levels of log records, of which there are four of each
// name.
func (r *reader) logLevel(n *yaml.Node) {
	var all []string
	names := []string{"trace", "debug", "info", "warn", "error", "fatal"}
	for _, name := range names {
		all = append(all, name, name+"2", name+"3", name+"4")
	}
	if n.Kind == yaml.Scalar && anyIs(all, n.Text) {
		n.Text = strings.TrimRight(n.Text, "234")
	}
	r.oneOf("OTEL_LOG_LEVEL", names...)(n)
}

// limits are those of a provider's, or of all, attributes.
func (r *reader) limits(prefix string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		r.mapping(n, fields{
			"attribute_value_length_limit": r.number(prefix + "ATTRIBUTE_VALUE_LENGTH_LIMIT"),
			"attribute_count_limit":        r.number(prefix + "ATTRIBUTE_COUNT_LIMIT"),
		})
	}
}

func (r *reader) propagator(n *yaml.Node) {
	var names []string
	add := func(at *yaml.Node, name string) {
		switch name = strings.TrimSpace(name); name {
		case "tracecontext", "baggage", "b3", "b3multi", "jaeger", "ottrace", "xray", "none":
			names = append(names, name)
		case "":
		default:
			r.problem(at, "%s isn't supported; known are tracecontext, baggage, b3, b3multi, jaeger, ottrace, xray and none", setting.Quote(name))
		}
	}
	r.mapping(n, fields{
		"composite": func(n *yaml.Node) {
			r.items(n, func(item *yaml.Node) {
				for _, entry := range item.Entries {
					add(&yaml.Node{Line: entry.Line, Column: entry.Column}, entry.Key)
				}
			})
		},
		"composite_list": func(n *yaml.Node) {
			for _, name := range strings.Split(n.Text, ",") {
				add(n, name)
			}
		},
	})
	if len(names) > 0 {
		r.put(n, "OTEL_PROPAGATORS", strings.Join(names, ","))
	}
}

func (r *reader) tracerProvider(n *yaml.Node) {
	r.mapping(n, fields{
		"processors": r.processors("TRACES", "BSP"),
		"sampler":    r.sampler,
		"limits": func(n *yaml.Node) {
			r.mapping(n, fields{
				"attribute_value_length_limit": r.number("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT"),
				"attribute_count_limit":        r.number("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"),
				"event_count_limit":            r.number("OTEL_SPAN_EVENT_COUNT_LIMIT"),
				"link_count_limit":             r.number("OTEL_SPAN_LINK_COUNT_LIMIT"),
				"event_attribute_count_limit":  r.number("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT"),
				"link_attribute_count_limit":   r.number("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT"),
			})
		},
	})
}

func (r *reader) loggerProvider(n *yaml.Node) {
	r.mapping(n, fields{
		"processors": r.processors("LOGS", "BLRP"),
		"limits":     r.limits("OTEL_LOGRECORD_"),
	})
}

// processors are those of spans or log records.
func (r *reader) processors(signal, variables string) func(*yaml.Node) {
	exporter := fields{
		"otlp_http": r.otlp(signal, "otlp_http"),
		"otlp_grpc": r.otlp(signal, "otlp_grpc"),
		"console":   func(n *yaml.Node) { r.mapping(n, fields{}); r.export(signal, "console") },
	}
	export := func(n *yaml.Node) { r.mapping(n, exporter) }
	prefix := "OTEL_" + variables + "_"
	return func(n *yaml.Node) {
		r.pipelines(n, signal, func(item *yaml.Node) {
			r.mapping(item, fields{
				"batch": func(n *yaml.Node) {
					r.mapping(n, fields{
						"schedule_delay":        r.number(prefix + "SCHEDULE_DELAY"),
						"export_timeout":        r.unlimited(prefix + "EXPORT_TIMEOUT"),
						"max_queue_size":        r.number(prefix + "MAX_QUEUE_SIZE"),
						"max_export_batch_size": r.number(prefix + "MAX_EXPORT_BATCH_SIZE"),
						"exporter":              export,
					})
				},
				// One by one, though not on the goroutine that ends the span.
				"simple": func(n *yaml.Node) {
					if exporter := n.Get("exporter"); exporter == nil || exporter.Get("console") == nil {
						r.put(n, prefix+"MAX_EXPORT_BATCH_SIZE", "1")
					}
					r.mapping(n, fields{"exporter": export})
				},
			})
		})
	}
}

// export adds to a signal's exporters.
func (r *reader) export(signal, name string) {
	variable := "OTEL_" + signal + "_EXPORTER"
	if before := r.file.Variables[variable]; before != "" && !strings.Contains(before, name) {
		name = before + "," + name
	}
	r.file.Variables[variable] = name
}

func (r *reader) meterProvider(n *yaml.Node) {
	push := fields{
		"otlp_http": r.otlp("METRICS", "otlp_http"),
		"otlp_grpc": r.otlp("METRICS", "otlp_grpc"),
		"console": func(n *yaml.Node) {
			r.mapping(n, fields{"temporality_preference": r.only("cumulative"),
				"default_histogram_aggregation": r.only("explicit_bucket_histogram")})
			r.export("METRICS", "console")
		},
	}
	pull := fields{"prometheus/development": func(n *yaml.Node) {
		r.mapping(n, fields{
			"host":                 r.text("OTEL_EXPORTER_PROMETHEUS_HOST"),
			"port":                 r.number("OTEL_EXPORTER_PROMETHEUS_PORT"),
			"without_scope_info":   r.only("false"),
			"translation_strategy": r.only("underscore_escaping_with_suffixes"),
		})
		r.export("METRICS", "prometheus")
	}}
	producers := func(n *yaml.Node) {
		r.items(n, func(item *yaml.Node) {
			r.mapping(item, fields{"prometheus": func(n *yaml.Node) {
				r.mapping(n, fields{})
				r.put(n, "OTEL_METRICS_PRODUCERS", "prometheus")
			}})
		})
	}
	r.mapping(n, fields{
		"readers": func(n *yaml.Node) {
			r.pipelines(n, "METRICS", func(item *yaml.Node) {
				r.mapping(item, fields{
					"periodic": func(n *yaml.Node) {
						r.mapping(n, fields{
							"interval":  r.number("OTEL_METRIC_EXPORT_INTERVAL"),
							"timeout":   r.unlimited("OTEL_METRIC_EXPORT_TIMEOUT"),
							"exporter":  func(n *yaml.Node) { r.mapping(n, push) },
							"producers": producers, "cardinality_limits": r.cardinalityLimits(exporterOf(n)),
						})
					},
					"pull": func(n *yaml.Node) {
						r.mapping(n, fields{"exporter": func(n *yaml.Node) { r.mapping(n, pull) }, "producers": producers,
							"cardinality_limits": r.cardinalityLimits("prometheus")})
					},
				})
			})
		},
		"exemplar_filter": r.only("trace_based"),
		"views":           r.views,
	})
}

// instrumentation takes what hooks are told by variables.
func (r *reader) instrumentation(n *yaml.Node) {
	headers := func(side string) func(*yaml.Node) {
		list := func(variable string) func(*yaml.Node) {
			return func(n *yaml.Node) { r.problem(n, "header capture is set by %s", variable) }
		}
		prefix := "OTEL_INSTRUMENTATION_HTTP_" + side + "_CAPTURE_"
		return func(n *yaml.Node) {
			r.mapping(n, fields{"request_captured_headers": list(prefix + "REQUEST_HEADERS"),
				"response_captured_headers": list(prefix + "RESPONSE_HEADERS")})
		}
	}
	r.mapping(n, fields{"general": func(n *yaml.Node) {
		r.mapping(n, fields{"http": func(n *yaml.Node) {
			r.mapping(n, fields{"client": headers("CLIENT"), "server": headers("SERVER")})
		}})
	}})
}
