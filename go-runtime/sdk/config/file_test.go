// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// read parses text with a few environment variables.
func read(t *testing.T, text string) (variables string, f *File) {
	t.Helper()
	environment := map[string]string{"HOST": "collector", "EMPTY": ""}
	f, err := parse("otel.yaml", "file_format: \"1.0\"\n"+text, func(name string) string { return environment[name] })
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for name, value := range f.Variables {
		if unsaid[name] != value {
			all = append(all, strings.TrimPrefix(name, "OTEL_")+"="+value)
		}
	}
	sort.Strings(all)
	for _, more := range f.More {
		var own []string
		for name, value := range more.Variables {
			own = append(own, strings.TrimPrefix(name, "OTEL_")+"="+value)
		}
		sort.Strings(own)
		all = append(all, "and "+more.Signal+": "+strings.Join(own, " "))
	}
	return strings.Join(all, "\n"), f
}

func TestFileInWordsOfVariables(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"disabled: true\nlog_level: error\nattribute_limits: {attribute_count_limit: 64}", "ATTRIBUTE_COUNT_LIMIT=64\nLOG_LEVEL=error\nSDK_DISABLED=true"},
		{"propagator:\n  composite:\n    - tracecontext:\n    - baggage:\n  composite_list: b3, jaeger", "PROPAGATORS=tracecontext,baggage,b3,jaeger"},
		{`tracer_provider:
  processors:
    - batch:
        schedule_delay: 100
        export_timeout: 0
        max_queue_size: 10
        max_export_batch_size: 5
        exporter:
          otlp_http:
            endpoint: http://${HOST}:4318/v1/traces
            encoding: json
            compression: gzip
            timeout: 500
            headers_list: a=1,b=2
            headers:
              - {name: api-key, value: "x y"}
              - {name: absent, value: }
            tls: {ca_file: /ca.pem, key_file: /key.pem, cert_file: /cert.pem}
    - simple:
        exporter:
          console:
  limits: {event_count_limit: 7}
  sampler:
    parent_based:
      root:
        trace_id_ratio_based: {ratio: 0.25}
      remote_parent_sampled:
        always_on:
`, `BSP_EXPORT_TIMEOUT=2147483647
BSP_MAX_EXPORT_BATCH_SIZE=5
BSP_MAX_QUEUE_SIZE=10
BSP_SCHEDULE_DELAY=100
EXPORTER_OTLP_TRACES_CERTIFICATE=/ca.pem
EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE=/cert.pem
EXPORTER_OTLP_TRACES_CLIENT_KEY=/key.pem
EXPORTER_OTLP_TRACES_COMPRESSION=gzip
EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318/v1/traces
EXPORTER_OTLP_TRACES_HEADERS=a=1,b=2,api-key=x%20y
EXPORTER_OTLP_TRACES_PROTOCOL=http/json
EXPORTER_OTLP_TRACES_TIMEOUT=500
SPAN_EVENT_COUNT_LIMIT=7
TRACES_EXPORTER=otlp
TRACES_SAMPLER=parentbased_traceidratio
TRACES_SAMPLER_ARG=0.25
and TRACES: TRACES_EXPORTER=console`},
		{`meter_provider:
  readers:
    - periodic:
        interval: 1000
        exporter:
          otlp_grpc:
            endpoint: ${NOWHERE:-http://localhost:4317}
            tls: {insecure: true}
            temporality_preference: low_memory
            default_histogram_aggregation: base2_exponential_bucket_histogram
    - pull:
        exporter:
          prometheus/development: {host: 0.0.0.0, port: 9000}
  exemplar_filter: trace_based
logger_provider:
  processors: [{batch: {exporter: {otlp_grpc: }}}]
`, `EXPORTER_OTLP_LOGS_PROTOCOL=grpc
EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION=base2_exponential_bucket_histogram
EXPORTER_OTLP_METRICS_ENDPOINT=http://localhost:4317
EXPORTER_OTLP_METRICS_INSECURE=true
EXPORTER_OTLP_METRICS_PROTOCOL=grpc
EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=lowmemory
LOGS_EXPORTER=otlp
METRICS_EXPORTER=otlp
METRIC_EXPORT_INTERVAL=1000
and METRICS: EXPORTER_PROMETHEUS_HOST=0.0.0.0 EXPORTER_PROMETHEUS_PORT=9000 METRICS_EXPORTER=prometheus`},
		{"tracer_provider: {processors: [{batch: {schedule_delay: 1, exporter: {otlp_http: {endpoint: \"http://a\"}}}}, {batch: {exporter: {otlp_grpc: {endpoint: \"http://b\", headers_list: c=d}}}}, {batch: }]}",
			"BSP_SCHEDULE_DELAY=1\nEXPORTER_OTLP_TRACES_ENDPOINT=http://a\nEXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf\nTRACES_EXPORTER=otlp\n" +
				"and TRACES: EXPORTER_OTLP_TRACES_ENDPOINT=http://b EXPORTER_OTLP_TRACES_HEADERS=c=d EXPORTER_OTLP_TRACES_PROTOCOL=grpc TRACES_EXPORTER=otlp"},
		{"tracer_provider: {sampler: {parent_based: {root: {always_off: }, remote_parent_sampled: {always_on: }, local_parent_not_sampled: {always_off: }}}}", "TRACES_SAMPLER=parentbased_always_off"},
		{`tracer_provider: {sampler: {parent_based: {root: {jaeger_remote/development: {endpoint: "http://j:5778", interval: 5000, initial_sampler: {trace_id_ratio_based: {ratio: 0.1}}}}}}}`,
			"TRACES_SAMPLER=parentbased_jaeger_remote\nTRACES_SAMPLER_ARG=endpoint=http://j:5778,pollingIntervalMs=5000,initialSamplingRate=0.1"},
		{"meter_provider: {readers: [{pull: {producers: [{prometheus: }], exporter: {prometheus/development: }}}]}", "METRICS_EXPORTER=prometheus\nMETRICS_PRODUCERS=prometheus"},
		{"tracer_provider: {sampler: {always_off: }, processors: [{simple: {exporter: {otlp_grpc: {endpoint: \"${EMPTY}\"}}}}]}",
			"BSP_MAX_EXPORT_BATCH_SIZE=1\nEXPORTER_OTLP_TRACES_PROTOCOL=grpc\nTRACES_EXPORTER=otlp\nTRACES_SAMPLER=always_off"},
	} {
		if got, f := read(t, test.text); got != test.want || len(f.Problems) > 0 {
			t.Errorf("%s\n gives\n%s\n%q", test.text, got, f.Problems)
		}
	}
}

func TestProfilesOfAFile(t *testing.T) {
	variables, f := read(t, `distribution:
  another: {profiles: 1}
  otel:
    profiles:
      kinds: [cpu, mutex]
      interval: 15000
      exporters:
        - otlp_http: {endpoint: "http://localhost:4318/v1development/profiles"}
        - pyroscope: {endpoint: "https://profiles.example", tenant: a, user: u, password: "${HOST}"}
        - file: {directory: kept, fils: 3}
`)
	if want := `EXPORTER_OTLP_PROFILES_ENDPOINT=http://localhost:4318/v1development/profiles
EXPORTER_OTLP_PROFILES_PROTOCOL=http/protobuf
GO_PROFILES_DIRECTORY=kept
GO_PROFILES_INTERVAL=15000
GO_PROFILES_KINDS=cpu,mutex
GO_PYROSCOPE_ENDPOINT=https://profiles.example
GO_PYROSCOPE_PASSWORD=collector
GO_PYROSCOPE_TENANT=a
GO_PYROSCOPE_USER=u
PROFILES_EXPORTER=otlp,pyroscope,file`; variables != want {
		t.Errorf("%s", variables)
	}
	if len(f.Problems) != 1 || f.Problems[0] != `otel.yaml:11:35: "fils" isn't supported; it is ignored; did you mean "files"?` {
		t.Errorf("%q", f.Problems)
	}
	t.Setenv("OTEL_GO_PROFILES_CPU_RATE", "19")
	t.Setenv("OTEL_GO_PROFILES_INTERVAL", "1")
	if f.Getenv("OTEL_GO_PROFILES_CPU_RATE") != "19" || f.Getenv("OTEL_GO_PROFILES_INTERVAL") != "15000" {
		t.Error("what the file doesn't set isn't the environment's, or what it sets is")
	}
}

func TestResourceAttributesHaveTypes(t *testing.T) {
	_, f := read(t, `resource:
  attributes_list: a=1
  attributes:
    - {name: s, value: "${HOST} $${HOST}"}
    - {name: b, value: true, type: bool}
    - {name: i, value: 7, type: int}
    - {name: d, value: 1.5, type: double}
    - {name: l, value: [1, 2], type: int_array}
    - {name: bad, value: x, type: int}
`)
	if got := fmt.Sprint(f.Resource); !strings.Contains(got, `{"s":"collector ${HOST}"} {"b":true} {"i":7} {"d":1.5} {"l":[1,2]}`) {
		t.Errorf("%s", got)
	}
	if fmt.Sprint(f.Problems) != "[otel.yaml:10:26: the value of \"bad\" isn't of type \"int\"]" || f.Variables["OTEL_RESOURCE_ATTRIBUTES"] != "a=1" {
		t.Errorf("%q %v", f.Problems, f.Variables)
	}
}

func TestWhatIsNotSupportedIsTold(t *testing.T) {
	for text, want := range map[string]string{
		"meter_provider:\n  views: [{}]":                                                   "3:11: a view needs a selector; it is ignored",
		"meter_provider:\n  views: [{selector: {instrument_type: metre}}]":                 `3:40: unknown instrument type "metre"; the view is ignored`,
		"meter_provider: {views: [{selector: {instrument_name: '*'}, stream: {name: x}}]}": "2:26: a view of several instruments can't name its stream; it is ignored",
		"tracer_provider:\n  procesors: []":                                                `3:3: "procesors" isn't supported; it is ignored; did you mean "processors"?`,
		"resource: {detection/development: {detectors: [{hots: }]}}":                       `2:49: "hots" isn't supported; it is ignored; did you mean "host"?`,
		"tracer_provider:\n  processors: 7":                                                "3:15: a sequence belongs here",
		"tracer_provider: x":                                                               "2:18: a mapping belongs here",
		"disabled: [true]":                                                                 "2:11: a single value belongs here",
		"propagator: {composite_list: b4}":                                                 `2:30: "b4" isn't supported; known are tracecontext, baggage, b3, b3multi, jaeger, ottrace, xray and none`,
		"meter_provider: {views: [{selector: {unit: x}, stream: {aggregation_cardinality_limit: -1}}]}": `2:88: "-1" is not a positive integer; it is ignored`,
		"log_level: warning": `2:12: unknown value "warning"; known are trace, debug, info, warn, error, fatal; it is ignored; did you mean "warn"?`,
		"disabled: yes":      `2:11: "yes" is neither true nor false; it is ignored`,
		"attribute_limits: {attribute_count_limit: -1}":                                                         `2:43: "-1" is not a non-negative integer; it is ignored`,
		"meter_provider: {readers: [{periodic: {exporter: {otlp_grpc: {temporality_preference: lowmemory}}}}]}": `2:87: unknown value "lowmemory"; known are cumulative, delta, low_memory; it is ignored; did you mean "low_memory"?`,
		"disabled: ${1}": `2:11: "${1}" names no environment variable`,
	} {
		if _, f := read(t, text); len(f.Problems) != 1 || f.Problems[0] != "otel.yaml:"+want {
			t.Errorf("%s:\n%q\n%s", text, f.Problems, want)
		}
	}
}

func TestFilesThatAreNoConfiguration(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "otel.yaml:1:1: this is no configuration: a mapping that begins with file_format",
		"disabled: true":          `otel.yaml:1:1: there is no file_format; "1.0" is known`,
		"file_format: \"0.3\"":    `otel.yaml:1:14: unknown file_format "0.3"; "1.0" is known`,
		"file_format: \"1.0\"\na": "otel.yaml:2:1: not expected here; is the indentation right, or a colon missing?",
	} {
		if _, err := parse("otel.yaml", text, os.Getenv); err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "absent.yaml"), os.Getenv); err == nil || !strings.Contains(err.Error(), "absent.yaml: no such file") {
		t.Errorf("%v", err)
	}
}

func TestVariablesOfOursStayThoseOfTheProcess(t *testing.T) {
	t.Setenv("OTEL_TRACES_EXPORTER", "console")
	t.Setenv("OTEL_GO_FLUSH_TIMEOUT", "1s")
	_, f := read(t, "")
	if f.Getenv("OTEL_TRACES_EXPORTER") != "none" || f.Getenv("OTEL_GO_FLUSH_TIMEOUT") != "1s" || f.Getenv("PATH") == "" {
		t.Error("wrong source")
	}
}

func TestExampleOfTheReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(text), "```yaml\nfile_format")
	example, _, _ = strings.Cut(example, "```")
	f, err := parse("README.md", "file_format"+example, os.Getenv)
	if err != nil || len(f.Problems) > 0 || f.Variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] != "http://localhost:4317" || f.Variables["OTEL_TRACES_SAMPLER_ARG"] != "0.1" {
		t.Errorf("%v %+v", err, f)
	}
}
