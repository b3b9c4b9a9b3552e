// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	logs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	metrics "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	traces "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"otel.runtime/exporter/otlp"
)

// jsonService takes http/json requests, and answers as it is told.
type jsonService struct {
	*httptest.Server
	path, body, answer string
}

func startJSONService(t *testing.T) *jsonService {
	s := &jsonService{answer: "{}"}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Content-Type"); got != "application/json" {
			t.Errorf("content type %s", got)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s.path, s.body = r.URL.Path, string(body)
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, s.answer)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *jsonService) config(t *testing.T, signal otlp.Signal) otlp.Config {
	values := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": s.URL, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/json"}
	return otlp.ConfigFromEnv(signal, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
}

// read is the official decoder, but for identifiers: they are hex in OTLP.
func read(t *testing.T, text string, into proto.Message) {
	t.Helper()
	if err := (protojson.UnmarshalOptions{}).Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	fixIDs(t, into.ProtoReflect())
}

func fixIDs(t *testing.T, m protoreflect.Message) {
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.Kind() == protoreflect.BytesKind && strings.HasSuffix(string(f.Name()), "_id"):
			id, err := hex.DecodeString(base64.StdEncoding.EncodeToString(v.Bytes()))
			if err != nil {
				t.Errorf("%s: %v", f.Name(), err)
			}
			m.Set(f, protoreflect.ValueOfBytes(id))
		case f.Kind() == protoreflect.MessageKind && f.IsList():
			for i := range v.List().Len() {
				fixIDs(t, v.List().Get(i).Message())
			}
		case f.Kind() == protoreflect.MessageKind:
			fixIDs(t, v.Message())
		}
		return true
	})
}

// same compares with what the protocol buffers say; NaN is equal to itself.
func same(t *testing.T, seed int64, want, got proto.Message) {
	t.Helper()
	if a, b := prototext.Format(want), prototext.Format(got); a != b {
		t.Fatalf("seed %d: %s", seed, firstDifference(a, b))
	}
}

func TestJSONSaysWhatTheProtocolBuffersSay(t *testing.T) {
	service := startJSONService(t)
	spanExporter := otlp.New(service.config(t, otlp.Traces))
	metricExporter := otlp.NewMetrics(service.config(t, otlp.Metrics), metric.DefaultTemporalitySelector, nil, false)
	ctx := context.Background()
	for seed := int64(1); seed <= 200; seed++ {
		source := newSpanSource(seed)
		stubs := make(tracetest.SpanStubs, 1+source.Intn(12))
		for i := range stubs {
			stubs[i] = source.span()
		}
		if err := spanExporter.ExportSpans(ctx, stubs.Snapshots()); err != nil {
			t.Fatal(err)
		}
		var want, got traces.ExportTraceServiceRequest
		if err := proto.Unmarshal(otlp.AppendRequest(nil, stubs.Snapshots()), &want); err != nil {
			t.Fatal(err)
		}
		read(t, service.body, &got)
		same(t, seed, &want, &got)

		all := metricSource{rand.New(rand.NewSource(seed))}.metrics()
		service.body = ""
		if err := metricExporter.Export(ctx, all); err != nil {
			t.Fatal(err)
		}
		if service.body != "" { // without data points nothing is sent
			var want, got metrics.ExportMetricsServiceRequest
			if err := proto.Unmarshal(otlp.AppendMetricsRequest(nil, all), &want); err != nil {
				t.Fatal(err)
			}
			read(t, service.body, &got)
			same(t, seed, &want, &got)
		}
	}
}

func TestLogsAsJSON(t *testing.T) {
	service := startJSONService(t)
	of := resource.NewSchemaless(attribute.String("service.name", "shop"))
	exporter := otlp.NewLogs(service.config(t, otlp.Logs), of, nil)
	records := []otlp.LogRecord{{Time: time.Unix(1, 5), Observed: time.Unix(2, 0), Severity: 9, SeverityText: "INFO", Body: "a \"b\"\n\x01é", Scope: "slog",
		Attributes: []attribute.KeyValue{attribute.Float64Slice("f", []float64{1.5, 1e300})},
		Span:       trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: 1})}}
	if err := exporter.ExportLogs(context.Background(), records); err != nil {
		t.Fatal(err)
	}
	var want, got logs.ExportLogsServiceRequest
	if err := proto.Unmarshal(otlp.AppendLogsRequest(nil, of, records), &want); err != nil {
		t.Fatal(err)
	}
	read(t, service.body, &got)
	same(t, 0, &want, &got)
	if service.path != "/v1/logs" {
		t.Errorf("sent to %s", service.path)
	}
}

func TestPartialSuccessInJSON(t *testing.T) {
	service := startJSONService(t)
	service.answer = `{"partialSuccess": {"rejectedSpans": "1", "errorMessage": "too old"}}`
	c := service.config(t, otlp.Traces)
	c.Log = io.Discard
	exporter := otlp.New(c)
	stubs := tracetest.SpanStubs{newSpanSource(1).span(), newSpanSource(2).span()}
	err := exporter.ExportSpans(context.Background(), stubs.Snapshots())
	if err == nil || !strings.Contains(err.Error(), "1 of 2 spans rejected: too old") || exporter.Stats().Rejected != 1 {
		t.Errorf("%v %+v", err, exporter.Stats())
	}
}
