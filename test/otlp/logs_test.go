// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"net"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"
	collector "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	logspb "go.opentelemetry.io/proto/otlp/logs/v1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"

	"otel.runtime/exporter/otlp"
)

// logService keeps what it is sent.
type logService struct {
	collector.UnimplementedLogsServiceServer
	requests chan *collector.ExportLogsServiceRequest
}

func (s *logService) Export(_ context.Context, r *collector.ExportLogsServiceRequest) (*collector.ExportLogsServiceResponse, error) {
	s.requests <- r
	return &collector.ExportLogsServiceResponse{}, nil
}

// An official server reads from a request of ours the records that went in,
// grouped by scope.
func TestLogsAtAnOfficialServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	service := &logService{requests: make(chan *collector.ExportLogsServiceRequest, 1)}
	server := grpc.NewServer()
	collector.RegisterLogsServiceServer(server, service)
	go server.Serve(l)
	defer server.Stop()

	at := time.Unix(1700000000, 123)
	span := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1, 2}, SpanID: trace.SpanID{3}, TraceFlags: trace.FlagsSampled})
	records := []otlp.LogRecord{
		{Time: at, Observed: at, Severity: 9, SeverityText: "INFO", Body: "first", Scope: "a", Span: span,
			Attributes: []attribute.KeyValue{attribute.String("user", "x"), attribute.Int("n", 3)}},
		{Observed: at, Severity: 17, Body: "other scope", Scope: "b"},
		{Time: at, Observed: at, Body: "bad \xff text", Scope: "a"},
	}
	values := map[string]string{"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT": "http://" + l.Addr().String(), "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"}
	config := otlp.ConfigFromEnv(otlp.Logs, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
	e := otlp.NewLogs(config, resource.NewWithAttributes("https://schema.example", attribute.String("service.name", "shop")), nil)
	defer e.Shutdown(context.Background())
	if err := e.ExportLogs(context.Background(), records); err != nil {
		t.Fatal(err)
	}

	want := &collector.ExportLogsServiceRequest{}
	const text = `resource_logs { resource { attributes { key: "service.name" value { string_value: "shop" } } } schema_url: "https://schema.example"
		scope_logs { scope { name: "a" }
			log_records { time_unix_nano: 1700000000000000123 observed_time_unix_nano: 1700000000000000123 severity_number: SEVERITY_NUMBER_INFO
				severity_text: "INFO" body { string_value: "first" } flags: 1
				attributes { key: "user" value { string_value: "x" } } attributes { key: "n" value { int_value: 3 } } }
			log_records { time_unix_nano: 1700000000000000123 observed_time_unix_nano: 1700000000000000123 body { string_value: "bad ` + "\uFFFD" + ` text" } } }
		scope_logs { scope { name: "b" }
			log_records { observed_time_unix_nano: 1700000000000000123 severity_number: SEVERITY_NUMBER_ERROR body { string_value: "other scope" } } } }`
	if err := prototext.Unmarshal([]byte(text), want); err != nil {
		t.Fatal(err)
	}
	first := want.ResourceLogs[0].ScopeLogs[0].LogRecords[0]
	first.TraceId, first.SpanId = append([]byte{1, 2}, make([]byte, 14)...), append([]byte{3}, make([]byte, 7)...)
	if got := <-service.requests; !proto.Equal(want, got) {
		t.Error(firstDifference(prototext.Format(want), prototext.Format(got)))
	}
	if logspb.SeverityNumber_SEVERITY_NUMBER_FATAL4 != 24 {
		t.Error("the highest severity isn't 24")
	}
}
