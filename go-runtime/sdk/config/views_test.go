// SPDX-License-Identifier: Apache-2.0

package config

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

func TestViews(t *testing.T) {
	_, f := read(t, `meter_provider:
  views:
    - selector: {instrument_name: jobs, instrument_type: counter, meter_name: shop}
      stream: {name: renamed, description: Described., attribute_keys: {included: [kept, "k.*"], excluded: [k.not]}}
    - selector: {instrument_name: "debug.*"}
      stream: {aggregation: {drop: }}
    - selector: {instrument_type: histogram, unit: s}
      stream: {aggregation: {explicit_bucket_histogram: {boundaries: [1, 2.5], record_min_max: false}}, attribute_keys: {excluded: ["*"]}}
    - selector: {instrument_type: histogram, unit: By}
      stream: {aggregation: {base2_exponential_bucket_histogram: {max_size: 20, max_scale: 3}}}
`)
	if len(f.Problems) > 0 {
		t.Fatalf("%q", f.Problems)
	}
	reader := sdkmetric.NewManualReader()
	m := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader), sdkmetric.WithView(f.Views...)).Meter("shop")
	ctx := context.Background()
	var with []attribute.KeyValue
	for _, key := range []string{"kept", "other", "k.a", "k.not", "kx"} {
		with = append(with, attribute.Bool(key, true))
	}
	for _, name := range []string{"jobs", "debug.jobs", "more"} {
		c, _ := m.Int64Counter(name)
		c.Add(ctx, 1, metric.WithAttributes(with...))
	}
	for _, unit := range []string{"s", "By"} {
		h, _ := m.Float64Histogram("histogram."+unit, metric.WithUnit(unit))
		h.Record(ctx, 2, metric.WithAttributes(with...))
	}
	var all metricdata.ResourceMetrics
	if err := reader.Collect(ctx, &all); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, m := range all.ScopeMetrics[0].Metrics {
		switch data := m.Data.(type) {
		case metricdata.Sum[int64]:
			lines = append(lines, fmt.Sprint(m.Name, " ", m.Description, " ", data.DataPoints[0].Attributes.Encoded(attribute.DefaultEncoder())))
		case metricdata.Histogram[float64]:
			_, minimum := data.DataPoints[0].Min.Value()
			lines = append(lines, fmt.Sprint(m.Name, data.DataPoints[0].Bounds, data.DataPoints[0].Attributes.Len(), minimum))
		case metricdata.ExponentialHistogram[float64]:
			lines = append(lines, fmt.Sprint(m.Name, " exponential ", data.DataPoints[0].Scale))
		}
	}
	sort.Strings(lines)
	const want = "histogram.By exponential 3\nhistogram.s[1 2.5] 0 false\nmore  k.a=true,k.not=true,kept=true,kx=true,other=true\nrenamed Described. k.a=true,kept=true"
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
