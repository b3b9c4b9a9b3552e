// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"otel.runtime/config/yaml"
)

func (r *reader) sampler(n *yaml.Node) {
	name, argument, parentBased := r.samplerOf(n)
	if name == "" {
		return
	}
	if parentBased {
		name = "parentbased_" + name
	}
	r.put(n, "OTEL_TRACES_SAMPLER", name)
	if argument != "" {
		r.put(n, "OTEL_TRACES_SAMPLER_ARG", argument)
	}
}

// samplerOf is a sampler by its name in OTEL_TRACES_SAMPLER, apart from whether
// it goes by the parent.
func (r *reader) samplerOf(n *yaml.Node) (name, argument string, parentBased bool) {
	r.mapping(n, fields{
		"always_on":  func(*yaml.Node) { name = "always_on" },
		"always_off": func(*yaml.Node) { name = "always_off" },
		"trace_id_ratio_based": func(n *yaml.Node) {
			name, argument = "traceidratio", "1"
			r.mapping(n, fields{"ratio": func(n *yaml.Node) {
				if n.Kind == yaml.Scalar {
					argument = n.Text
				}
			}})
		},
		"jaeger_remote/development": func(n *yaml.Node) {
			name = "jaeger_remote"
			argument = r.jaegerRemote(n)
		},
		"parent_based": func(n *yaml.Node) {
			name, parentBased = "always_on", true
			r.mapping(n, fields{
				"root": func(n *yaml.Node) {
					root, of, nested := r.samplerOf(n)
					if nested {
						r.problem(n, "a parent_based sampler can't be the root of another; always_on is used")
					} else if root != "" {
						name, argument = root, of
					}
				},
				"remote_parent_sampled":     r.samplerOnly("always_on"),
				"remote_parent_not_sampled": r.samplerOnly("always_off"),
				"local_parent_sampled":      r.samplerOnly("always_on"),
				"local_parent_not_sampled":  r.samplerOnly("always_off"),
			})
		},
	})
	return name, argument, parentBased
}

// jaegerRemote is its words in OTEL_TRACES_SAMPLER_ARG.
func (r *reader) jaegerRemote(n *yaml.Node) string {
	var words []string
	word := func(name string) func(*yaml.Node) {
		return func(n *yaml.Node) {
			if n.Kind == yaml.Scalar {
				words = append(words, name+"="+n.Text)
			}
		}
	}
	r.mapping(n, fields{
		"endpoint": word("endpoint"),
		"interval": word("pollingIntervalMs"),
		"initial_sampler": func(n *yaml.Node) {
			switch name, argument, parentBased := r.samplerOf(n); {
			case parentBased || name == "jaeger_remote":
				r.problem(n, "only always_on, always_off and trace_id_ratio_based are supported here")
			case name == "always_on":
				words = append(words, "initialSamplingRate=1")
			case name == "always_off":
				words = append(words, "initialSamplingRate=0")
			case name == "traceidratio":
				words = append(words, "initialSamplingRate="+argument)
			}
		},
	})
	return strings.Join(words, ",")
}

// samplerOnly accepts a sampler that can't be changed here.
func (r *reader) samplerOnly(want string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.Null {
			return
		}
		if name, _, parentBased := r.samplerOf(n); name != want || parentBased {
			r.problem(n, "only %s is supported here; it is used", want)
		}
	}
}
