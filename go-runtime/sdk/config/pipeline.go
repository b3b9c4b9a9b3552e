// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"otel.runtime/sdk/config/yaml"
)

// Pipeline is a further processor or reader of a signal, with its exporter: the
// first is described by the file's variables.
type Pipeline struct {
	Signal    string            // TRACES, METRICS, LOGS
	Variables map[string]string // that processors, readers and exporters have
	Limits    map[string]Limits // as File.Limits
}

// ofPipelines are the beginnings of those variables.
var ofPipelines = []string{"OTEL_EXPORTER_", "OTEL_BSP_", "OTEL_BLRP_", "OTEL_METRIC_EXPORT_", "OTEL_METRICS_PRODUCERS",
	"OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER"}

// GetenvOf is Getenv for a further pipeline.
func (f *File) GetenvOf(p *Pipeline) func(name string) string {
	return func(name string) string {
		for _, begin := range ofPipelines {
			if strings.HasPrefix(name, begin) {
				return p.Variables[name]
			}
		}
		return f.Getenv(name)
	}
}

// pipelines calls f for each item of processors or readers. What the second and
// later ones set is theirs.
func (r *reader) pipelines(n *yaml.Node, signal string, f func(item *yaml.Node)) {
	first := true
	r.items(n, func(item *yaml.Node) {
		if first {
			first = false
			f(item)
			return
		}
		file, set := r.file, r.set
		own := &File{Variables: map[string]string{}}
		r.file, r.set = own, map[string]*yaml.Node{}
		f(item)
		r.file, r.set = file, set
		file.Problems = append(file.Problems, own.Problems...)
		if own.Variables["OTEL_"+signal+"_EXPORTER"] != "" {
			file.More = append(file.More, &Pipeline{signal, own.Variables, own.Limits})
		}
	})
}
