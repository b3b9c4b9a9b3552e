// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"

	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	logs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	metrics "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"otel.runtime/exporter/otlp"
	"otel.runtime/view/receiver"
)

// asJSON writes a request as OTLP/JSON: protocol buffers' own JSON with enumerations
// as numbers, and ids in hexadecimal.
func asJSON(t *testing.T, encoded []byte, message proto.Message) []byte {
	t.Helper()
	if err := proto.Unmarshal(encoded, message); err != nil {
		t.Fatal(err)
	}
	text, err := protojson.MarshalOptions{UseEnumNumbers: true}.Marshal(message)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber()
	if err := from.Decode(&value); err != nil {
		t.Fatal(err)
	}
	hexIDs(value)
	text, err = json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func hexIDs(value any) {
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			hexIDs(element)
		}
	case map[string]any:
		for key, field := range v {
			if text, ok := field.(string); ok && (key == "traceId" || key == "spanId" || key == "parentSpanId") {
				id, _ := base64.StdEncoding.DecodeString(text)
				v[key] = hex.EncodeToString(id)
				continue
			}
			hexIDs(field)
		}
	}
}

// post sends a request through the receiver.
func post(t *testing.T, to receiver.Signals, path, kind string, body []byte) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	if to.Handler().ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
}

// Requests in OTLP/JSON are read as the same requests in protocol buffers are.
func TestJSONReadAsProtobuf(t *testing.T) {
	var got []any
	to := receiver.Signals{
		Spans:   func(all []receiver.Span) { got = append(got, all) },
		Metrics: func(all []receiver.Metric) { got = append(got, all) },
		Logs:    func(all []receiver.LogRecord) { got = append(got, all) },
	}
	same := func(seed int64, path string, encoded []byte, message proto.Message) {
		t.Helper()
		got = nil
		post(t, to, path, "application/x-protobuf", encoded)
		post(t, to, path, "application/json", asJSON(t, encoded, message))
		want, _ := json.Marshal(got[0]) // as NaN isn't itself
		read, _ := json.Marshal(got[1])
		if !reflect.DeepEqual(got[0], got[1]) && (len(want) == 0 || string(want) != string(read)) {
			t.Fatalf("seed %d: %s\n%s", seed, path, firstDifference(fmt.Sprintf("%+v", got[0]), fmt.Sprintf("%+v", got[1])))
		}
	}
	for seed := int64(1); seed <= 100; seed++ {
		source := newSpanSource(seed)
		stubs := make(tracetest.SpanStubs, source.Intn(6))
		for i := range stubs {
			stubs[i] = source.span()
		}
		same(seed, "/v1/traces", otlp.AppendRequest(nil, stubs.Snapshots()), &collector.ExportTraceServiceRequest{})
		same(seed, "/v1/metrics", otlp.AppendMetricsRequest(nil, metricSource{rand.New(rand.NewSource(seed))}.metrics()), &metrics.ExportMetricsServiceRequest{})
		records := make([]otlp.LogRecord, source.Intn(5))
		for i := range records {
			records[i] = otlp.LogRecord{Time: source.time(), Observed: source.time(), Severity: source.Intn(25), SeverityText: source.text(), Body: source.text(),
				Attributes: source.attributes(), Span: source.context(), Scope: source.text()}
		}
		same(seed, "/v1/logs", otlp.AppendLogsRequest(nil, resource.NewSchemaless(source.attributes()...), records), &logs.ExportLogsServiceRequest{})
	}
}
