// SPDX-License-Identifier: Apache-2.0

package config

import (
	"net/url"
	"strings"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config/yaml"
)

// otlp is an OTLP exporter of a signal.
func (r *reader) otlp(signal, kind string) func(*yaml.Node) {
	prefix := "OTEL_EXPORTER_OTLP_" + signal + "_"
	return func(n *yaml.Node) {
		protocol := "grpc"
		of := fields{
			"endpoint":     r.text(prefix + "ENDPOINT"),
			"compression":  r.oneOf(prefix+"COMPRESSION", "gzip", "none"),
			"timeout":      r.unlimited(prefix + "TIMEOUT"),
			"headers":      func(*yaml.Node) {},
			"headers_list": func(*yaml.Node) {},
			"tls": func(n *yaml.Node) {
				of := fields{
					"ca_file":   r.text(prefix + "CERTIFICATE"),
					"key_file":  r.text(prefix + "CLIENT_KEY"),
					"cert_file": r.text(prefix + "CLIENT_CERTIFICATE"),
				}
				if kind == "otlp_grpc" {
					of["insecure"] = r.truth(prefix + "INSECURE")
				}
				r.mapping(n, of)
			},
		}
		if kind == "otlp_http" {
			protocol = "http/protobuf"
			of["encoding"] = func(n *yaml.Node) {
				switch n.Text {
				case "json":
					protocol = "http/json"
				case "", "protobuf":
				default:
					r.problem(n, "unknown encoding %s; known are protobuf and json, protobuf is used", setting.Quote(n.Text))
				}
			}
		}
		if signal == "METRICS" {
			of["temporality_preference"] = func(n *yaml.Node) {
				words := []string{"cumulative", "delta", "low_memory"}
				if n.Text == "low_memory" {
					n.Text, words = "lowmemory", []string{"lowmemory"}
				}
				r.oneOf(prefix+"TEMPORALITY_PREFERENCE", words...)(n)
			}
			of["default_histogram_aggregation"] = r.oneOf(prefix+"DEFAULT_HISTOGRAM_AGGREGATION", "explicit_bucket_histogram", "base2_exponential_bucket_histogram")
		}
		r.mapping(n, of)
		r.put(n, prefix+"PROTOCOL", protocol)
		if headers := r.headers(n); headers != "" {
			r.put(n, prefix+"HEADERS", headers)
		}
		r.export(signal, "otlp")
	}
}

// headers joins both forms; entries of headers go before those of headers_list.
func (r *reader) headers(n *yaml.Node) string {
	var all []string
	if list := n.Get("headers_list"); list != nil && list.Text != "" {
		all = append(all, list.Text)
	}
	if entries := n.Get("headers"); entries != nil {
		r.items(entries, func(item *yaml.Node) {
			name, value := item.Get("name"), item.Get("value")
			switch {
			case name == nil || name.Text == "":
				r.problem(item, "a header needs a name")
			case value == nil || value.Kind != yaml.Scalar: // null: as if it weren't there
			default:
				all = append(all, name.Text+"="+url.PathEscape(value.Text))
			}
		})
	}
	return strings.Join(all, ",")
}
