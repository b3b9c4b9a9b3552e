// SPDX-License-Identifier: Apache-2.0

package variables

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// testdata/specification.txt has each variable that the specification and the
// semantic conventions name.
func TestEachVariableOfTheSpecificationIsSupportedOrTold(t *testing.T) {
	text, err := os.ReadFile("testdata/specification.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(text))
	for _, name := range names {
		why, told := Unsupported[name]
		if contains(Supported(), name) == told || told && why == "" {
			t.Errorf("%s is neither supported nor told, or both", name)
		}
	}
	for name := range Unsupported {
		if !contains(names, name) {
			t.Errorf("%s isn't of the specification", name)
		}
	}
	if len(names) < 70 {
		t.Errorf("only %d names", len(names))
	}
}

func TestWhatHasNoEffectIsTold(t *testing.T) {
	var told []string
	Check([]string{
		"OTEL_SERVICE_NAME=x", "OTEL_SERVICE_NAMES=x", "OTEL_TRACE_EXPORTER=x", "OTEL_EXPORTER_OTLP_TRACE_ENDPOINT=x", "OTEL_EXPORTER_ZIPKIN_ENDPOINT=x", "OTEL_ENTITIES=",
		"OTEL_GO_RULES=x", "OTEL_GO_DEBS=x", "OTEL_RESOURCE_ATTRIBUTES_POD_NAME=x", "OTEL_JAVAAGENT_ENABLED=x", "PATH=x", "OTEL_=x", "OTLE_PROPAGATORS=b3",
	}, func(line string) { told = append(told, line) })
	if want := []string{
		"unknown variable OTEL_SERVICE_NAMES; did you mean OTEL_SERVICE_NAME?",
		"unknown variable OTEL_TRACE_EXPORTER; did you mean OTEL_TRACES_EXPORTER?",
		"unknown variable OTEL_EXPORTER_OTLP_TRACE_ENDPOINT; did you mean OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?",
		"OTEL_EXPORTER_ZIPKIN_ENDPOINT isn't supported: spans leave by OTLP, which Zipkin takes from a Collector",
		"unknown variable OTEL_GO_DEBS; did you mean OTEL_GO_DEPS?",
	}; !reflect.DeepEqual(told, want) {
		t.Errorf("%q", told)
	}
}

func BenchmarkCheck(b *testing.B) {
	environ := []string{"PATH=x", "HOME=x", "OTEL_SERVICE_NAME=x", "OTEL_EXPORTER_OTLP_ENDPOINT=x", "OTEL_TRACES_SAMPLER=x"}
	for i := 0; i < b.N; i++ {
		Check(environ, func(string) { b.Fatal() })
	}
}
