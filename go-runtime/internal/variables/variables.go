// SPDX-License-Identifier: Apache-2.0

// Package variables knows the OTEL_* variables: those that are read here, and those of
// the specification that aren't. What is set and has no effect is told.
//
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
package variables

import (
	"fmt"
	"sort"
	"strings"

	"otel.runtime/internal/near"
	"otel.runtime/internal/setting"
)

// Supported are the variables that are read.
func Supported() []string { return supported }

var supported = sorted(append([]string{
	"OTEL_SDK_DISABLED", "OTEL_CONFIG_FILE", "OTEL_LOG_LEVEL", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_PROPAGATORS",
	"OTEL_TRACES_EXPORTER", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER",
	"OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
	"OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BLRP_EXPORT_TIMEOUT", "OTEL_BLRP_MAX_QUEUE_SIZE", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
	"OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
	"OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
	"OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
	"OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT",
	"OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT", "OTEL_METRICS_EXEMPLAR_FILTER",
	"OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
	"OTEL_EXPORTER_PROMETHEUS_HOST", "OTEL_EXPORTER_PROMETHEUS_PORT",
	"OTEL_SEMCONV_STABILITY_OPT_IN", "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS",
	"OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS", "OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS",
	"OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_REQUEST_HEADERS", "OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_RESPONSE_HEADERS",
	"OTEL_GO_X_OBSERVABILITY", "OTEL_GO_X_SELF_OBSERVABILITY", "OTEL_GO_RESOURCE_DETECTORS", "OTEL_GO_LOGS_UNREDACTED",
	"OTEL_GO_HTTP_SERVER_EXCLUDE", "OTEL_GO_HTTP_SERVER_INCLUDE", "OTEL_GO_HTTP_CLIENT_EXCLUDE", "OTEL_GO_HTTP_REDACT_QUERY",
	"OTEL_GO_HTTP_TRUST_FORWARDED", "OTEL_GO_MESSAGING_PROCESS", "OTEL_GO_MESSAGING_CREATE_SPANS", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT",
	"OTEL_GO_NOOP_PROVIDER", "OTEL_METRICS_PRODUCERS",
	"OTEL_GO_DISABLED_INSTRUMENTATIONS", "OTEL_GO_LOG_TRACE_IDS", "OTEL_GO_SQL_ROWS", "OTEL_GO_DB_ROOTS", "OTEL_GO_RPC_EXCLUDE", "OTEL_GO_FLUSH_TIMEOUT",
	"OTEL_PROFILES_EXPORTER", "OTEL_GO_PROFILES_KINDS", "OTEL_GO_PROFILES_INTERVAL", "OTEL_GO_PROFILES_CPU_RATE",
	"OTEL_GO_PROFILES_MUTEX_FRACTION", "OTEL_GO_PROFILES_BLOCK_RATE", "OTEL_GO_PROFILES_DIRECTORY", "OTEL_GO_PROFILES_FILES",
	"OTEL_GO_PYROSCOPE_ENDPOINT", "OTEL_GO_PYROSCOPE_TENANT", "OTEL_GO_PYROSCOPE_USER", "OTEL_GO_PYROSCOPE_PASSWORD", "OTEL_GO_PROCESS_CONTEXT",
}, ofOTLP()...))

// ofOTLP are those of the exporter, for all signals and for each.
func ofOTLP() (all []string) {
	for _, signal := range []string{"", "TRACES_", "METRICS_", "LOGS_", "PROFILES_"} {
		for _, name := range []string{"ENDPOINT", "PROTOCOL", "HEADERS", "COMPRESSION", "TIMEOUT", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE", "INSECURE"} {
			all = append(all, "OTEL_EXPORTER_OTLP_"+signal+name)
		}
	}
	return all
}

// Unsupported are variables of the specification that have no effect here, with
// what takes their place.
var Unsupported = map[string]string{
	"OTEL_ENTITIES":                      "attributes of the resource are set by OTEL_RESOURCE_ATTRIBUTES",
	"OTEL_EXPERIMENTAL_CONFIG_FILE":      "the file is named by OTEL_CONFIG_FILE",
	"OTEL_EXPORTER_OTLP_SPAN_INSECURE":   "its name is OTEL_EXPORTER_OTLP_TRACES_INSECURE",
	"OTEL_EXPORTER_OTLP_METRIC_INSECURE": "its name is OTEL_EXPORTER_OTLP_METRICS_INSECURE",
	"OTEL_EXPORTER_ZIPKIN_ENDPOINT":      noZipkin,
	"OTEL_EXPORTER_ZIPKIN_TIMEOUT":       noZipkin,
	"OTEL_EXPORTER_ZIPKIN_PROTOCOL":      noZipkin,
}

const noZipkin = "spans leave by OTLP, which Zipkin takes from a Collector"

// ofTheTool are read by the command otel.
var ofTheTool = []string{"OTEL_GO_CACHE", "OTEL_GO_DEPS", "OTEL_GO_DISABLE", "OTEL_GO_ENABLE", "OTEL_GO_MODULES", "OTEL_GO_NO_PROGRESS", "OTEL_GO_NO_SDK", "OTEL_GO_REPORT",
	"OTEL_GO_RULES", "OTEL_GO_SAFE_DIRECTORY", "OTEL_GO_STRICT", "OTEL_GO_TRACE_BUILD", "OTEL_GO_VERBOSE"}

// most is how many letters may be wrong in a name: of what is further away nothing is said, as
// other programs of one environment have variables of their own.
const most = 2

// Check tells of variables of environ, "NAME=value" each, that have no effect.
func Check(environ []string, report func(string)) {
	known := append(append([]string{}, supported...), ofTheTool...)
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, "OTEL_") || value == "" || contains(known, name) {
			continue
		}
		if why, is := Unsupported[name]; is {
			report(fmt.Sprintf("%s isn't supported: %s", name, why))
		} else if meant := near.Name(name, known); meant != "" && near.Distance(name, meant) <= most {
			report(fmt.Sprintf("unknown variable %s; did you mean %s?", strings.Trim(setting.Quote(name), `"`), meant))
		}
	}
}

func contains(list []string, name string) bool {
	for _, one := range list {
		if one == name {
			return true
		}
	}
	return false
}

func sorted(list []string) []string {
	sort.Strings(list)
	return list
}
