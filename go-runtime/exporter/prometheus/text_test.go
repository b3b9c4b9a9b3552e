// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"
)

func text(all *metricdata.ResourceMetrics, as format) string {
	return string(appendPage(nil, all, newPage(all), as))
}

func scopeMetrics(name string, metrics ...metricdata.Metrics) metricdata.ScopeMetrics {
	return metricdata.ScopeMetrics{Scope: instrumentation.Scope{Name: name}, Metrics: metrics}
}

// everything is each kind of metric, with what is hard to write.
func everything() *metricdata.ResourceMetrics {
	set := attribute.NewSet(attribute.String("http.route", "/a\"b\\c\nd"), attribute.String("http_route", "twice"), attribute.Int("1st", 1),
		attribute.String("__name__", "other"), attribute.String("none", ""), attribute.String("bytes", "\xff"), attribute.String("otel.scope.name", "spoofed"))
	seen := []metricdata.Exemplar[int64]{{Time: time.UnixMilli(1500), Value: 1, TraceID: []byte{1, 2}, SpanID: []byte{3}},
		{Time: time.UnixMilli(2500), Value: 9, TraceID: []byte{4}, FilteredAttributes: []attribute.KeyValue{attribute.String("user.id", "u"), attribute.String("long", strings.Repeat("x", 128))}},
		{Time: time.UnixMilli(500), Value: 7, TraceID: []byte{5}}}
	all := scopeMetrics("shop",
		metricdata.Metrics{Name: "http.requests", Unit: "{request}", Description: "two\n\"lines\"", Data: metricdata.Sum[int64]{IsMonotonic: true,
			DataPoints: []metricdata.DataPoint[int64]{{Attributes: set, Value: 3, Exemplars: seen}}}},
		metricdata.Metrics{Name: "queue.time", Unit: "s", Data: metricdata.Gauge[float64]{DataPoints: []metricdata.DataPoint[float64]{{Value: 0.5}}}},
		metricdata.Metrics{Name: "fill", Unit: "1", Data: metricdata.Gauge[int64]{DataPoints: []metricdata.DataPoint[int64]{{Value: 1}}}},
		metricdata.Metrics{Name: "speed", Unit: "By/s", Data: metricdata.Sum[int64]{DataPoints: []metricdata.DataPoint[int64]{{Value: 1}}}},
		metricdata.Metrics{Name: "size", Unit: "By", Data: metricdata.Histogram[int64]{DataPoints: []metricdata.HistogramDataPoint[int64]{
			{Attributes: attribute.NewSet(attribute.String("le", "x")), Count: 3, Sum: 17, Bounds: []float64{1, 2.5}, BucketCounts: []uint64{1, 0, 2}, Exemplars: seen}}}},
		metricdata.Metrics{Name: "latency", Data: metricdata.Summary{DataPoints: []metricdata.SummaryDataPoint{
			{Count: 2, Sum: 3, QuantileValues: []metricdata.QuantileValue{{Quantile: 0.5, Value: 1}, {Quantile: 1, Value: 2}}}}}},
		metricdata.Metrics{Name: "none", Data: metricdata.ExponentialHistogram[int64]{DataPoints: []metricdata.ExponentialHistogramDataPoint[int64]{{}}}},
	)
	all.Scope.Version, all.Scope.SchemaURL = "v1", "https://schema.example/1"
	return &metricdata.ResourceMetrics{Resource: resource.NewSchemaless(attribute.String("service.name", "shop")), ScopeMetrics: []metricdata.ScopeMetrics{all}}
}

const scope = `otel_scope_name="shop",otel_scope_schema_url="https://schema.example/1",otel_scope_version="v1"`

func TestText(t *testing.T) {
	want := strings.ReplaceAll(`# HELP target_info Target metadata
# TYPE target_info gauge
target_info{service_name="shop"} 1
# HELP http_requests_total two\n"lines"
# TYPE http_requests_total counter
http_requests_total{_1st="1",_name__="other",bytes="`+"\uFFFD"+`",http_route="/a\"b\\c\nd;twice",SCOPE} 3
# TYPE queue_time_seconds gauge
queue_time_seconds{SCOPE} 0.5
# TYPE fill_ratio gauge
fill_ratio{SCOPE} 1
# TYPE speed_bytes_per_second gauge
speed_bytes_per_second{SCOPE} 1
# TYPE size_bytes histogram
size_bytes_bucket{exported_le="x",SCOPE,le="1"} 1
size_bytes_bucket{exported_le="x",SCOPE,le="2.5"} 1
size_bytes_bucket{exported_le="x",SCOPE,le="+Inf"} 3
size_bytes_sum{exported_le="x",SCOPE} 17
size_bytes_count{exported_le="x",SCOPE} 3
# TYPE latency summary
latency{SCOPE,quantile="0.5"} 1
latency{SCOPE,quantile="1"} 2
latency_sum{SCOPE} 3
latency_count{SCOPE} 2
`, "SCOPE", scope)
	if got := text(everything(), plainText); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// OpenMetrics has exemplars and units, and a counter's name without _total.
//
// https://prometheus.io/docs/specs/om/open_metrics_spec/
func TestOpenMetrics(t *testing.T) {
	want := strings.ReplaceAll(`# HELP target Target metadata
# TYPE target info
target_info{service_name="shop"} 1
# HELP http_requests two\n\"lines\"
# TYPE http_requests counter
http_requests_total{_1st="1",_name__="other",bytes="`+"\uFFFD"+`",http_route="/a\"b\\c\nd;twice",SCOPE} 3 # {trace_id="04",user_id="u"} 9 2.500
# TYPE queue_time_seconds gauge
# UNIT queue_time_seconds seconds
queue_time_seconds{SCOPE} 0.5
# TYPE fill_ratio gauge
# UNIT fill_ratio ratio
fill_ratio{SCOPE} 1
# TYPE speed_bytes_per_second gauge
# UNIT speed_bytes_per_second bytes_per_second
speed_bytes_per_second{SCOPE} 1
# TYPE size_bytes histogram
# UNIT size_bytes bytes
size_bytes_bucket{exported_le="x",SCOPE,le="1.0"} 1 # {trace_id="0102",span_id="03"} 1 1.500
size_bytes_bucket{exported_le="x",SCOPE,le="2.5"} 1
size_bytes_bucket{exported_le="x",SCOPE,le="+Inf"} 3 # {trace_id="04",user_id="u"} 9 2.500
size_bytes_sum{exported_le="x",SCOPE} 17
size_bytes_count{exported_le="x",SCOPE} 3
# TYPE latency summary
latency{SCOPE,quantile="0.5"} 1
latency{SCOPE,quantile="1.0"} 2
latency_sum{SCOPE} 3
latency_count{SCOPE} 2
# EOF
`, "SCOPE", scope)
	if got := text(everything(), openMetrics); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// conflicts is what several scopes call by one name.
func conflicts() *metricdata.ResourceMetrics {
	counter := func(name string, v int64) metricdata.Metrics {
		return metricdata.Metrics{Name: name, Description: name, Data: metricdata.Sum[int64]{IsMonotonic: true, DataPoints: []metricdata.DataPoint[int64]{{Value: v}}}}
	}
	gauge := func(name string) metricdata.Metrics {
		return metricdata.Metrics{Name: name, Description: "gauge", Data: metricdata.Gauge[int64]{DataPoints: []metricdata.DataPoint[int64]{{Value: 9}}}}
	}
	histogram := metricdata.Metrics{Name: "wait", Data: metricdata.Histogram[float64]{DataPoints: []metricdata.HistogramDataPoint[float64]{{Count: 1, BucketCounts: []uint64{1}}}}}
	return &metricdata.ResourceMetrics{ScopeMetrics: []metricdata.ScopeMetrics{
		scopeMetrics("a", counter("jobs", 1), histogram),
		scopeMetrics("b", counter("jobs", 2), gauge("jobs.total"), gauge("wait_count"), gauge("jobs")),
		scopeMetrics("c", counter("jobs_total", 3), counter("jobs.total", 4), gauge("target.info")),
	}}
}

// A family has one TYPE and one HELP whatever scopes have metrics of its name, and
// no series twice.
func TestMetricsOfOneName(t *testing.T) {
	const want = `# HELP jobs_total jobs
# TYPE jobs_total counter
jobs_total{otel_scope_name="a"} 1
jobs_total{otel_scope_name="b"} 2
jobs_total{otel_scope_name="c"} 3
# TYPE wait histogram
wait_bucket{otel_scope_name="a",le="+Inf"} 1
wait_sum{otel_scope_name="a"} 0
wait_count{otel_scope_name="a"} 1
# HELP jobs gauge
# TYPE jobs gauge
jobs{otel_scope_name="b"} 9
`
	if got := text(conflicts(), plainText); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := text(conflicts(), openMetrics); !strings.Contains(got, "# TYPE jobs_total unknown\njobs_total{") || !strings.Contains(got, "# TYPE jobs gauge\n") {
		t.Errorf("got\n%s", got)
	}
	if got, want := strings.Join(newPage(conflicts()).problems, ", "), `metric "jobs.total" of "b", metric "wait_count" of "b", metric "target.info" of "c"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What is served is told apart by Accept, and what isn't is told once.
func TestServed(t *testing.T) {
	reader := sdkmetric.NewManualReader()
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	ctx := trace.ContextWithSpanContext(context.Background(), trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: trace.FlagsSampled}))
	for _, name := range []string{"one", "two"} {
		counter, _ := provider.Meter(name, metric.WithInstrumentationVersion("v1")).Int64Counter("jobs", metric.WithDescription("Jobs."))
		counter.Add(ctx, 1)
	}
	gauge, _ := provider.Meter("three").Int64Gauge("jobs_total")
	gauge.Record(ctx, 1)
	var told []string
	served := handler(reader, func(line string) { told = append(told, line) })
	for accept, want := range map[string]string{
		"": "text/plain", "*/*": "text/plain", "text/plain;version=0.0.4": "text/plain", "application/openmetrics-text;q=0": "text/plain",
		"application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.1": "application/openmetrics-text",
		"application/openmetrics-text; version=2.0.0": "text/plain", "text/plain;q=0.9, application/openmetrics-text;q=0.1": "text/plain",
	} {
		request := httptest.NewRequest("GET", "/metrics", nil)
		request.Header.Set("Accept", accept)
		answer := httptest.NewRecorder()
		served.ServeHTTP(answer, request)
		body := answer.Body.String()
		if kind := answer.Header().Get("Content-Type"); answer.Code != http.StatusOK || !strings.HasPrefix(kind, want+"; version=") ||
			!strings.Contains(body, `jobs_total{otel_scope_name="two",otel_scope_version="v1"} 1`) || strings.Contains(body, "three") ||
			strings.Contains(body, `# {trace_id="01000000000000000000000000000000",span_id="0200000000000000"} 1 `) != (want != "text/plain") {
			t.Errorf("%q: %s\n%s", accept, kind, body)
		}
	}
	if len(told) != 1 || told[0] != `OTEL_METRICS_EXPORTER: prometheus: metric "jobs_total" of "three" is not served: another metric of that name has another type` {
		t.Errorf("%q", told)
	}
}
