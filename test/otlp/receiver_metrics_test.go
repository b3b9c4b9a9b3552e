// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"math/rand"
	"reflect"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	pb "go.opentelemetry.io/proto/otlp/metrics/v1"
	"google.golang.org/protobuf/proto"

	"otel.runtime/exporter/otlp"
	"otel.runtime/view/receiver"
)

// The receiver reads what the official decoder reads.
func TestMetricsReadByTheReceiver(t *testing.T) {
	for seed := int64(1); seed <= 200; seed++ {
		encoded := otlp.AppendMetricsRequest(nil, metricSource{rand.New(rand.NewSource(seed))}.metrics())
		var official collector.ExportMetricsServiceRequest
		if err := proto.Unmarshal(encoded, &official); err != nil {
			t.Fatal(err)
		}
		var want []receiver.Metric
		for _, r := range official.ResourceMetrics {
			for _, s := range r.ScopeMetrics {
				for _, m := range s.Metrics {
					metric := wantedMetric(m)
					metric.Resource = wantedAttributes(r.Resource.GetAttributes())
					metric.Scope = receiver.Scope{Name: s.Scope.GetName(), Version: s.Scope.GetVersion()}
					if all := wantedAttributes(s.Scope.GetAttributes()); len(all) > 0 {
						metric.Scope.Attributes = all
					}
					want = append(want, metric)
				}
			}
		}
		got, err := receiver.DecodeMetrics(encoded)
		if err != nil || len(got) != len(want) {
			t.Fatalf("seed %d: %d metrics of %d, %v", seed, len(got), len(want), err)
		}
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("seed %d: got\n%+v\nwant\n%+v", seed, got[i], want[i])
			}
		}
	}
}

func wantedAttributes(all []*common.KeyValue) receiver.Attributes {
	out := receiver.Attributes{}
	for _, kv := range all {
		out = append(out, receiver.Attribute{Key: kv.Key, Value: wantedValue(kv.Value)})
	}
	return out
}

func wantedValue(v *common.AnyValue) any {
	switch v := v.GetValue().(type) {
	case *common.AnyValue_StringValue:
		return v.StringValue
	case *common.AnyValue_BoolValue:
		return v.BoolValue
	case *common.AnyValue_IntValue:
		return v.IntValue
	case *common.AnyValue_DoubleValue:
		return v.DoubleValue
	case *common.AnyValue_ArrayValue:
		list := []any{}
		for _, element := range v.ArrayValue.Values {
			list = append(list, wantedValue(element))
		}
		return list
	}
	return nil
}

func wantedMetric(m *pb.Metric) receiver.Metric {
	w := receiver.Metric{Name: m.Name, Description: m.Description, Unit: m.Unit}
	switch data := m.Data.(type) {
	case *pb.Metric_Gauge:
		w.Type, w.Points = receiver.Gauge, wantedNumbers(data.Gauge.DataPoints)
	case *pb.Metric_Sum:
		w.Type, w.Points = receiver.Sum, wantedNumbers(data.Sum.DataPoints)
		w.Temporality, w.Monotonic = receiver.Temporality(data.Sum.AggregationTemporality), data.Sum.IsMonotonic
	case *pb.Metric_Histogram:
		w.Type, w.Temporality = receiver.Histogram, receiver.Temporality(data.Histogram.AggregationTemporality)
		for _, p := range data.Histogram.DataPoints {
			w.Points = append(w.Points, receiver.Point{Attributes: wantedAttributes(p.Attributes), Start: p.StartTimeUnixNano, Time: p.TimeUnixNano,
				Count: p.Count, Sum: p.GetSum(), Min: p.Min, Max: p.Max, Bounds: p.ExplicitBounds, Buckets: p.BucketCounts})
		}
	case *pb.Metric_ExponentialHistogram:
		w.Type, w.Temporality = receiver.ExponentialHistogram, receiver.Temporality(data.ExponentialHistogram.AggregationTemporality)
		for _, p := range data.ExponentialHistogram.DataPoints {
			w.Points = append(w.Points, receiver.Point{Attributes: wantedAttributes(p.Attributes), Start: p.StartTimeUnixNano, Time: p.TimeUnixNano,
				Count: p.Count, Sum: p.GetSum(), Min: p.Min, Max: p.Max,
				Exponential: &receiver.ExponentialBuckets{Scale: p.Scale, Zero: p.ZeroCount, ZeroThreshold: p.ZeroThreshold,
					Positive: receiver.BucketRun{Offset: p.Positive.GetOffset(), Counts: p.Positive.GetBucketCounts()},
					Negative: receiver.BucketRun{Offset: p.Negative.GetOffset(), Counts: p.Negative.GetBucketCounts()}}})
		}
	case *pb.Metric_Summary:
		w.Type = receiver.Summary
		for _, p := range data.Summary.DataPoints {
			of := receiver.Point{Attributes: wantedAttributes(p.Attributes), Start: p.StartTimeUnixNano, Time: p.TimeUnixNano, Count: p.Count, Sum: p.Sum}
			for _, q := range p.QuantileValues {
				of.Quantiles = append(of.Quantiles, receiver.Quantile{Of: q.Quantile, Value: q.Value})
			}
			w.Points = append(w.Points, of)
		}
	}
	return w
}

func wantedNumbers(points []*pb.NumberDataPoint) (out []receiver.Point) {
	for _, p := range points {
		value := p.GetAsDouble()
		if whole, ok := p.Value.(*pb.NumberDataPoint_AsInt); ok {
			value = float64(whole.AsInt)
		}
		out = append(out, receiver.Point{Attributes: wantedAttributes(p.Attributes), Start: p.StartTimeUnixNano, Time: p.TimeUnixNano, Value: value})
	}
	return out
}
