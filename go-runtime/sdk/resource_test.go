// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"otel.runtime/sdk/config"
)

func keys(of *resource.Resource) string {
	var all []string
	for _, a := range of.Attributes() {
		all = append(all, string(a.Key))
	}
	return strings.Join(all, " ")
}

func TestDetectorsAreChosen(t *testing.T) {
	s, told := with()
	if got := keys(s.resource()); !strings.Contains(got, "host.name") || !strings.Contains(got, "service.instance.id") || strings.Contains(got, "command_args") || len(*told) > 0 {
		t.Errorf("%s %q", got, *told)
	}
	s, _ = with("OTEL_GO_RESOURCE_DETECTORS=none")
	if got := keys(s.resource()); got != "service.name telemetry.distro.name telemetry.distro.version telemetry.sdk.language telemetry.sdk.name telemetry.sdk.version" {
		t.Error(got)
	}
	s, told = with("OTEL_GO_RESOURCE_DETECTORS=command,hosts")
	if got := keys(s.resource()); !strings.Contains(got, "process.command_args") || strings.Contains(got, "host.") ||
		len(*told) != 1 || (*told)[0] != `OTEL_GO_RESOURCE_DETECTORS: unknown detector "hosts"; it is not used; did you mean "host"?` {
		t.Errorf("%s %q", got, *told)
	}
}

// With a file, the environment adds nothing: neither here nor in what the SDK exports.
func TestFileAloneDescribesTheResource(t *testing.T) {
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "leaked=1")
	t.Setenv("OTEL_SERVICE_NAME", "leaked")
	t.Setenv("OTEL_GO_RESOURCE_DETECTORS", "all")
	s, _ := with()
	s.file = &config.File{Variables: map[string]string{"OTEL_RESOURCE_ATTRIBUTES": "listed=1"}, Resource: []attribute.KeyValue{attribute.Int("typed", 7)},
		Detectors: []string{"host", "process"}, Detected: config.Selection{Included: []string{"host.*", "process.p?d"}, Excluded: []string{"host.id", "host.arch"}}}
	of := s.resource()
	const want = "host.name listed process.pid service.name telemetry.distro.name telemetry.distro.version telemetry.sdk.language telemetry.sdk.name telemetry.sdk.version typed"
	if got := keys(of); got != want || strings.Contains(of.String(), "leaked") {
		t.Errorf("%s", of)
	}

	spans := tracetest.NewInMemoryExporter()
	provider := sdktrace.NewTracerProvider(sdktrace.WithResource(of), sdktrace.WithSyncer(s.describeSpans(spans, of)))
	_, span := provider.Tracer("").Start(context.Background(), "a")
	span.End()
	if got := keys(spans.GetSpans()[0].Resource); got != want {
		t.Errorf("spans: %s", got)
	}

	reader := sdkmetric.NewManualReader()
	sdkmetric.NewMeterProvider(sdkmetric.WithResource(of), sdkmetric.WithReader(reader))
	var all metricdata.ResourceMetrics
	if err := s.describeReader(reader, of).Collect(context.Background(), &all); err != nil || keys(all.Resource) != want {
		t.Errorf("metrics that are collected: %s", keys(all.Resource))
	}
	exported := &lastMetrics{}
	if err := s.describeMetrics(exported, of).Export(context.Background(), &metricdata.ResourceMetrics{Resource: resource.Environment()}); err != nil || keys(exported.of) != want {
		t.Errorf("metrics: %s", keys(exported.of))
	}

	s.file.Detectors, s.file.Detected = []string{"service"}, config.Selection{}
	if got := s.resource().String(); !strings.Contains(got, "service.name=leaked") || !strings.Contains(got, "service.instance.id") {
		t.Errorf("the service detector has the variable: %s", got)
	}
}

type lastMetrics struct {
	sdkmetric.Exporter
	of *resource.Resource
}

func (e *lastMetrics) Export(_ context.Context, all *metricdata.ResourceMetrics) error {
	e.of = all.Resource
	return nil
}
