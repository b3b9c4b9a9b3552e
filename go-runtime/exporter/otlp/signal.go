// SPDX-License-Identifier: Apache-2.0

package otlp

// Signal is what an exporter delivers: it decides the variables that configure
// it and the service that takes it.
type Signal struct {
	name  string // in OTEL_EXPORTER_OTLP_<NAME>_…
	path  string // of http/protobuf, below the general endpoint
	call  string // path of gRPC's Export
	items string // what is counted, in the plural
}

var (
	Traces  = Signal{"TRACES", "/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "spans"}
	Metrics = Signal{"METRICS", "/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "data points"}
	Logs    = Signal{"LOGS", "/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export", "log records"}
	// Of a version of OTLP that is under development.
	Profiles = Signal{"PROFILES", "/v1development/profiles", "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export", "samples"}
)
