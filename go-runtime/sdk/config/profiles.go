// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"otel.runtime/sdk/config/yaml"
)

// distribution has what the data model doesn't know: profiles, under otel. Other
// distributions read what is theirs.
func (r *reader) distribution(n *yaml.Node) {
	if n.Kind != yaml.Mapping && n.Kind != yaml.Null {
		r.problem(n, "a mapping belongs here")
		return
	}
	if own := n.Get("otel"); own != nil {
		r.mapping(own, fields{"profiles": r.profiles})
	}
}

func (r *reader) profiles(n *yaml.Node) {
	exporter := fields{
		"otlp_http": r.otlp("PROFILES", "otlp_http"),
		"otlp_grpc": r.otlp("PROFILES", "otlp_grpc"),
		"pyroscope": func(n *yaml.Node) {
			r.mapping(n, fields{
				"endpoint": r.text("OTEL_GO_PYROSCOPE_ENDPOINT"),
				"tenant":   r.text("OTEL_GO_PYROSCOPE_TENANT"),
				"user":     r.text("OTEL_GO_PYROSCOPE_USER"),
				"password": r.text("OTEL_GO_PYROSCOPE_PASSWORD"),
			})
			r.export("PROFILES", "pyroscope")
		},
		"file": func(n *yaml.Node) {
			r.mapping(n, fields{
				"directory": r.text("OTEL_GO_PROFILES_DIRECTORY"),
				"files":     r.number("OTEL_GO_PROFILES_FILES"),
			})
			r.export("PROFILES", "file")
		},
	}
	r.mapping(n, fields{
		"kinds": func(n *yaml.Node) {
			var kinds []string
			r.items(n, func(item *yaml.Node) { kinds = append(kinds, item.Text) })
			if len(kinds) > 0 {
				r.put(n, "OTEL_GO_PROFILES_KINDS", strings.Join(kinds, ","))
			}
		},
		"interval":       r.number("OTEL_GO_PROFILES_INTERVAL"),
		"cpu_rate":       r.number("OTEL_GO_PROFILES_CPU_RATE"),
		"mutex_fraction": r.number("OTEL_GO_PROFILES_MUTEX_FRACTION"),
		"block_rate":     r.number("OTEL_GO_PROFILES_BLOCK_RATE"),
		"exporters":      func(n *yaml.Node) { r.items(n, func(item *yaml.Node) { r.mapping(item, exporter) }) },
	})
}
