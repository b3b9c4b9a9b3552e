// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
)

func TestText(t *testing.T) {
	set := attribute.NewSet(attribute.String("http.route", "/a\"b\\c\nd"), attribute.String("http_route", "twice"), attribute.Int("1st", 1))
	all := &metricdata.ResourceMetrics{
		Resource: resource.NewSchemaless(attribute.String("service.name", "shop")),
		ScopeMetrics: []metricdata.ScopeMetrics{{Metrics: []metricdata.Metrics{
			{Name: "http.requests", Unit: "{request}", Description: "two\nlines", Data: metricdata.Sum[int64]{IsMonotonic: true,
				DataPoints: []metricdata.DataPoint[int64]{{Attributes: set, Value: 3}}}},
			{Name: "queue.time", Unit: "s", Data: metricdata.Gauge[float64]{DataPoints: []metricdata.DataPoint[float64]{{Value: 0.5}}}},
			{Name: "size", Unit: "By", Data: metricdata.Histogram[int64]{DataPoints: []metricdata.HistogramDataPoint[int64]{
				{Count: 3, Sum: 7, Bounds: []float64{1, 2.5}, BucketCounts: []uint64{1, 0, 2}}}}},
			{Name: "none", Data: metricdata.ExponentialHistogram[int64]{}},
		}}},
	}
	const want = `# HELP target_info Target metadata
# TYPE target_info gauge
target_info{service_name="shop"} 1
# HELP http_requests_total two\nlines
# TYPE http_requests_total counter
http_requests_total{_1st="1",http_route="/a\"b\\c\nd;twice"} 3
# TYPE queue_time_seconds gauge
queue_time_seconds 0.5
# TYPE size_bytes histogram
size_bytes_bucket{le="1"} 1
size_bytes_bucket{le="2.5"} 1
size_bytes_bucket{le="+Inf"} 3
size_bytes_sum 7
size_bytes_count 3
`
	if got := string(appendText(nil, all)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
