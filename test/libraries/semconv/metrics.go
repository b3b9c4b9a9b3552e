// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"otel.runtime/view/receiver"
)

// units maps the name of each metric of the conventions to its unit, as the
// packages of go.opentelemetry.io/otel/semconv/…/*conv have them:
//
//	func (ClientDuration) Name() string {
//		return "rpc.client.duration"
var units = sync.OnceValues(func() (map[string]string, error) {
	dir, err := directory()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*conv", "metric.go"))
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		names := map[string]string{} // by the type
		for _, found := range accessor.FindAllStringSubmatch(string(source), -1) {
			switch of, what, value := found[1], found[2], found[3]; what {
			case "Name":
				names[of] = value
				all[value] = ""
			case "Unit":
				all[names[of]] = value
			}
		}
	}
	if all["http.server.request.duration"] != "s" {
		return nil, fmt.Errorf("no metrics in %s", dir)
	}
	return all, nil
})

var accessor = regexp.MustCompile(`func \((\w+)\) (Name|Unit)\(\) string \{\s+return "([^"]*)"`)

// CheckMetrics is Check for metrics: each is of the conventions, with their unit,
// or has a name of the project's own; each attribute is known.
func CheckMetrics(metrics []receiver.Metric) (breaches []string, err error) {
	known, err := units()
	if err != nil {
		return nil, err
	}
	types, err := registry()
	if err != nil {
		return nil, err
	}
	for _, metric := range metrics {
		if !strings.HasPrefix(metric.Scope.Name, "otel.runtime/") || metric.Scope.Name == "otel.runtime/clientgolang" {
			continue // the program's own
		}
		say := func(format string, args ...any) {
			breach := fmt.Sprintf("%s (%s): ", metric.Name, metric.Scope.Name) + fmt.Sprintf(format, args...)
			if !slices.Contains(breaches, breach) {
				breaches = append(breaches, breach)
			}
		}
		unit, there := known[metric.Name]
		switch {
		case strings.HasPrefix(metric.Name, "otel."):
		case !there:
			say("isn't of the conventions, nor otel.…")
		case unit != metric.Unit:
			say("unit %q, not %q", metric.Unit, unit)
		}
		for _, point := range metric.Points {
			for _, a := range point.Attributes {
				checkType(types, a, say)
			}
		}
	}
	return breaches, nil
}
