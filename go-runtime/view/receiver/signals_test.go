// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"encoding/hex"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"otel.runtime/exporter/otlp/wire"
)

// taken is what a receiver of all signals was given.
type taken struct {
	spans   []Span
	metrics []Metric
	logs    []LogRecord
}

func (t *taken) signals() Signals {
	return Signals{
		Spans:   func(all []Span) { t.spans = append(t.spans, all...) },
		Metrics: func(all []Metric) { t.metrics = append(t.metrics, all...) },
		Logs:    func(all []LogRecord) { t.logs = append(t.logs, all...) },
	}
}

// post answers with the status and the body.
func (t *taken) post(path, kind, body string) (int, string) {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	t.signals().Handler().ServeHTTP(w, r)
	answer, _ := io.ReadAll(w.Body)
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(kind, got) {
		return 0, "content type " + got
	}
	return w.Code, string(answer)
}

func TestJSONTraces(t *testing.T) {
	var got taken
	status, answer := got.post("/v1/traces", "application/json; charset=utf-8", `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
		"scopeSpans":[{"scope":{"name":"lib","version":"1"},"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
		"parentSpanId":"","name":"GET","kind":2,"startTimeUnixNano":"1544712660000000001","endTimeUnixNano":1544712661000000000,"flags":257,"isNew":[{"x":null}],
		"attributes":[{"key":"n","value":{"intValue":"-9007199254740993"}},{"key":"f","value":{"doubleValue":"NaN"}},{"key":"b","value":{"bytesValue":"AQI="}},
			{"key":"m","value":{"kvlistValue":{"values":[{"key":"l","value":{"arrayValue":{"values":[{"boolValue":false},{"stringValue":""},{}]}}}]}}}],
		"events":[{"timeUnixNano":"1544712660500000000","name":"e"}],"links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"aae19b7ec3c1b174"}],
		"status":{"code":2,"message":"no"}}]}]}]}`)
	if status != 200 || answer != "{}" || len(got.spans) != 1 {
		t.Fatalf("%d %s %+v", status, answer, got.spans)
	}
	s := got.spans[0]
	if s.TraceID != "5b8efff798038103d269b633813fc60c" || s.SpanID != "eee19b7ec3c1b174" || s.ParentSpanID != "" || s.Kind != "SERVER" || s.Start != 1544712660000000001 ||
		s.End != 1544712661000000000 || s.Status != (Status{"ERROR", "no"}) || s.Flags != 257 || s.Scope.Name != "lib" || Text(s.Resource.Get("service.name")) != "shop" ||
		len(s.Events) != 1 || s.Events[0].Time != 1544712660500000000 || len(s.Links) != 1 || s.Links[0].SpanID != "aae19b7ec3c1b174" {
		t.Errorf("%+v", s)
	}
	if f, ok := s.Attributes.Get("f").(float64); !ok || !math.IsNaN(f) {
		t.Errorf("f is %v", s.Attributes.Get("f"))
	}
	for key, want := range map[string]any{"n": int64(-9007199254740993), "b": []byte{1, 2}, "m": Attributes{{"l", []any{false, "", nil}}}} {
		if got := s.Attributes.Get(key); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %#v, want %#v", key, got, want)
		}
	}
}

func TestJSONMetricsAndLogs(t *testing.T) {
	var got taken
	if status, answer := got.post("/v1/metrics", "application/json", `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[
		{"name":"g","unit":"By","gauge":{"dataPoints":[{"timeUnixNano":"5","asInt":"-3"},{"asDouble":2.5,"flags":1}]}},
		{"name":"s","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"asInt":7}]}},
		{"name":"h","histogram":{"aggregationTemporality":1,"dataPoints":[{"count":"3","sum":4.5,"bucketCounts":["1","2"],"explicitBounds":[0.5],"min":0}]}},
		{"name":"e","exponentialHistogram":{"dataPoints":[{"scale":-1,"zeroCount":"1","positive":{"offset":-2,"bucketCounts":["0","300"]}}]}},
		{"name":"q","summary":{"dataPoints":[{"count":1,"quantileValues":[{"quantile":0.5,"value":9}]}]}}]}]}]}`); status != 200 {
		t.Fatal(status, answer)
	}
	zero := 0.0
	for i, want := range []Metric{
		{Name: "g", Unit: "By", Type: Gauge, Points: []Point{{Time: 5, Value: -3}, {Value: 2.5, NoValue: true}}},
		{Name: "s", Type: Sum, Temporality: Cumulative, Monotonic: true, Points: []Point{{Value: 7}}},
		{Name: "h", Type: Histogram, Temporality: Delta, Points: []Point{{Count: 3, Sum: 4.5, Buckets: []uint64{1, 2}, Bounds: []float64{0.5}, Min: &zero}}},
		{Name: "e", Type: ExponentialHistogram, Points: []Point{{Exponential: &ExponentialBuckets{Scale: -1, Zero: 1, Positive: BucketRun{-2, []uint64{0, 300}}}}}},
		{Name: "q", Type: Summary, Points: []Point{{Count: 1, Quantiles: []Quantile{{0.5, 9}}}}},
	} {
		for j := range want.Points {
			want.Points[j].Attributes = Attributes{}
		}
		if !reflect.DeepEqual(got.metrics[i], want) {
			t.Errorf("got %+v, want %+v", got.metrics[i], want)
		}
	}
	if status, answer := got.post("/v1/logs", "application/json", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[
		{"timeUnixNano":"7","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"oh"},"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","eventName":"x"},
		{"traceId":"00000000000000000000000000000000","spanId":""}]}]}]}`); status != 200 {
		t.Fatal(status, answer)
	}
	want := []LogRecord{{TraceID: "5b8efff798038103d269b633813fc60c", SpanID: "eee19b7ec3c1b174", Time: 7, Severity: 17, SeverityText: "ERROR", EventName: "x", Body: "oh", Attributes: Attributes{}},
		{Attributes: Attributes{}}}
	if !reflect.DeepEqual(got.logs, want) {
		t.Errorf("got %+v, want %+v", got.logs, want)
	}
}

// Numbers that are repeated may come one by one too.
func TestUnpackedNumbers(t *testing.T) {
	point := appendVarint(wire.AppendFixed64(wire.AppendFixed64(nil, 6, 3), 6, 4), 15, 1)
	point = wire.AppendFixed64(point, 7, math.Float64bits(0.5))
	if p, err := decodeHistogram(point); err != nil || !reflect.DeepEqual(p.Buckets, []uint64{3, 4}) || !reflect.DeepEqual(p.Bounds, []float64{0.5}) {
		t.Errorf("%+v %v", p, err)
	}
	if run, err := decodeRun(appendVarint(appendVarint(nil, 1, 3), 2, 300)); err != nil || !reflect.DeepEqual(run, BucketRun{-2, []uint64{300}}) {
		t.Errorf("%+v %v", run, err)
	}
}

// What isn't OTLP is refused with 400 and a reason, and nothing of it is taken.
func TestMalformed(t *testing.T) {
	deep := strings.Repeat(`{"arrayValue":{"values":[`, 200) + "{}" + strings.Repeat(`]}}`, 200)
	attribute := func(value string) string {
		return `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}},{"attributes":[{"key":"k","value":` + value + `}]}]}]}]}`
	}
	for body, reason := range map[string]string{
		``:                                  "no JSON",
		`{`:                                 "no JSON",
		`{} {}`:                             "more than one value",
		`[]`:                                "not an object",
		`{"resourceLogs":{}}`:               "resourceLogs: not an array",
		`{"resourceLogs":[{"resource":7}]}`: "resource: not an object",
		`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"xyz"}]}]}]}`:          "traceId: encoding/hex",
		`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"abcd"}]}]}]}`:         "an id of 2 bytes",
		`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}`:    `"soon" is not an integer`,
		`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":1.5}]}]}]}`:       `"1.5" is not an integer`,
		`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"ERROR"}]}]}]}`: "not an integer",
		attribute(`{"stringValue":1}`):                                                   "stringValue: not a string",
		attribute(`{"boolValue":1}`):                                                     "boolValue: not a boolean",
		attribute(`{"doubleValue":true}`):                                                "doubleValue: not a number",
		attribute(`{"doubleValue":"x"}`):                                                 `"x" is not a number`,
		attribute(`{"bytesValue":"*"}`):                                                  "bytesValue: illegal base64",
		attribute(deep):                                                                  "nested too deeply",
	} {
		var got taken
		status, answer := got.post("/v1/logs", "application/json", body)
		var told struct{ Message string }
		if err := json.Unmarshal([]byte(answer), &told); err != nil || status != 400 || !strings.Contains(told.Message, reason) || got.logs != nil {
			t.Errorf("%.80s: %d %s, want %s", body, status, answer, reason)
		}
	}
	histogram := wire.AppendBytes(nil, 1, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 9, wire.AppendBytes(nil, 1, wire.AppendFixed64(nil, 6, 1))))))
	good := wire.AppendBytes(nil, 1, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 2, nil)))
	for _, c := range []struct{ path, body string }{
		{"/v1/traces", "\x0a"}, {"/v1/metrics", "\x0a\x05"}, {"/v1/logs", "\xff"}, {"/v1/logs", string(good) + "\x0a\x01\x12"},
		{"/v1/metrics", string(wire.AppendBytes(nil, 1, wire.AppendUint(nil, 1, 1)))},
		{"/v1/metrics", string(wire.AppendBytes(histogram, 1, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 9, wire.AppendBytes(nil, 1, wire.AppendBytes(nil, 7, []byte("abc"))))))))},
		{"/v1/metrics", string(wire.AppendBytes(nil, 1, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 2, wire.AppendBytes(nil, 9, wire.AppendBytes(nil, 1, wire.AppendFixed64(wire.AppendFixed64(nil, 6, 1), 6, 1)))))))},
	} {
		var got taken
		if status, answer := got.post(c.path, "application/x-protobuf", c.body); status != 400 || got.spans != nil || got.metrics != nil || got.logs != nil {
			t.Errorf("%s %q: %d %q", c.path, c.body, status, answer)
		}
	}
}

func TestSignalsThatNobodyTakes(t *testing.T) {
	w := httptest.NewRecorder()
	Handler(func([]Span) {}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/v1/logs", nil))
	if w.Code != http.StatusNotFound {
		t.Error(w.Code)
	}
}

// Whatever comes, the decoders return.
func FuzzSignals(f *testing.F) {
	bytes, _ := hex.DecodeString("0a0a12081206120210011a00")
	f.Add(bytes, []byte(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"arrayValue":{"values":[{}]}}}]}]}]}`))
	f.Fuzz(func(t *testing.T, message, text []byte) {
		DecodeMetrics(message)
		DecodeLogs(message)
		for _, request := range []string{"TracesRequest", "MetricsRequest", "LogsRequest"} {
			if b, err := fromJSON(request, text); err == nil {
				Decode(b)
				DecodeMetrics(b)
				DecodeLogs(b)
			}
		}
	})
}
