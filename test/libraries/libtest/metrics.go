// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"fmt"
	"slices"
	"strings"

	"otel.runtime/view/receiver"
)

// MetricsText is the metrics of one instrumentation scope, as they were told
// last: a line for each point, with how often a histogram was recorded, or the
// value of a sum or gauge. What differs from run to run is replaced as old, new,
// … say.
func (e Exported) MetricsText(scope string, replacements ...string) string {
	replace := strings.NewReplacer(replacements...)
	last := map[string]string{} // value by what is counted
	for _, m := range e.Metrics {
		if m.Scope.Name != scope {
			continue
		}
		for _, point := range m.Points {
			var all []string
			for _, a := range point.Attributes {
				all = append(all, fmt.Sprintf("%s=%v", a.Key, a.Value))
			}
			slices.Sort(all)
			value := fmt.Sprint(point.Value)
			if m.Type == receiver.Histogram {
				value = fmt.Sprint(point.Count, " times")
			}
			last[replace.Replace(fmt.Sprintf("%s %s | %s", m.Name, m.Unit, strings.Join(all, " ")))] = value
		}
	}
	var lines []string
	for what, value := range last {
		lines = append(lines, what+" | "+value+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
