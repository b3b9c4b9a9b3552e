// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"otel.runtime/sdk/config/yaml"
)

// Sampler is a sampler that no variable can name: one that goes by the parent in
// another way than parentbased_… do, and what it is made of.
//
// https://opentelemetry.io/docs/specs/otel/trace/sdk/#parentbased
type Sampler struct {
	Name     string // as in OTEL_TRACES_SAMPLER; "" if it goes by the parent
	Argument string // as in OTEL_TRACES_SAMPLER_ARG

	// Of one that goes by the parent; nil is the default.
	Root                                          *Sampler
	RemoteParentSampled, LocalParentSampled       *Sampler // AlwaysOn
	RemoteParentNotSampled, LocalParentNotSampled *Sampler // AlwaysOff
}

func (s *Sampler) is(name string) bool { return s == nil || s.Name == name }

// variables are OTEL_TRACES_SAMPLER and its _ARG, if these can say it.
func (s *Sampler) variables() (name, argument string, ok bool) {
	if s.Name != "" {
		return s.Name, s.Argument, true
	}
	if !s.RemoteParentSampled.is("always_on") || !s.LocalParentSampled.is("always_on") ||
		!s.RemoteParentNotSampled.is("always_off") || !s.LocalParentNotSampled.is("always_off") {
		return "", "", false
	}
	if s.Root == nil {
		return "parentbased_always_on", "", true
	}
	return "parentbased_" + s.Root.Name, s.Root.Argument, s.Root.Name != ""
}

func (r *reader) sampler(n *yaml.Node) {
	of := r.samplerOf(n)
	if of == nil {
		return
	}
	name, argument, ok := of.variables()
	if !ok {
		r.file.Sampler = of
		return
	}
	r.put(n, "OTEL_TRACES_SAMPLER", name)
	if argument != "" {
		r.put(n, "OTEL_TRACES_SAMPLER_ARG", argument)
	}
}

// samplerOf is nil if there is none.
func (r *reader) samplerOf(n *yaml.Node) (of *Sampler) {
	r.mapping(n, fields{
		"always_on":  func(*yaml.Node) { of = &Sampler{Name: "always_on"} },
		"always_off": func(*yaml.Node) { of = &Sampler{Name: "always_off"} },
		"trace_id_ratio_based": func(n *yaml.Node) {
			of = &Sampler{Name: "traceidratio", Argument: "1"}
			r.mapping(n, fields{"ratio": func(n *yaml.Node) {
				if n.Kind == yaml.Scalar {
					of.Argument = n.Text
				}
			}})
		},
		"jaeger_remote/development": func(n *yaml.Node) { of = &Sampler{Name: "jaeger_remote", Argument: r.jaegerRemote(n)} },
		"parent_based": func(n *yaml.Node) {
			made := &Sampler{}
			part := func(to **Sampler) func(*yaml.Node) {
				return func(n *yaml.Node) { *to = r.samplerOf(n) }
			}
			r.mapping(n, fields{
				"root":                  part(&made.Root),
				"remote_parent_sampled": part(&made.RemoteParentSampled), "remote_parent_not_sampled": part(&made.RemoteParentNotSampled),
				"local_parent_sampled": part(&made.LocalParentSampled), "local_parent_not_sampled": part(&made.LocalParentNotSampled),
			})
			of = made
		},
	})
	return of
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
			switch of := r.samplerOf(n); {
			case of == nil:
			case of.Name == "always_on":
				words = append(words, "initialSamplingRate=1")
			case of.Name == "always_off":
				words = append(words, "initialSamplingRate=0")
			case of.Name == "traceidratio":
				words = append(words, "initialSamplingRate="+of.Argument)
			default:
				r.problem(n, "only always_on, always_off and trace_id_ratio_based are supported here")
			}
		},
	})
	return strings.Join(words, ",")
}
