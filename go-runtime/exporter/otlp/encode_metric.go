// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/binary"
	"math"
	"time"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/exporter/otlp/wire"
)

// AppendMetricsRequest appends the ExportMetricsServiceRequest that carries the
// metrics of one collection.
func AppendMetricsRequest(b []byte, all *metricdata.ResourceMetrics) []byte {
	b, inResource := wire.Open(b, 1, 3)
	b = appendResource(b, all.Resource)
	for _, scope := range all.ScopeMetrics {
		var inScope wire.Mark
		b, inScope = wire.Open(b, 2, 3)
		b = appendScope(b, scope.Scope)
		for _, m := range scope.Metrics {
			b = appendMetric(b, m)
		}
		b = wire.AppendString(b, 3, scope.Scope.SchemaURL)
		b = wire.Close(b, inScope)
	}
	b = wire.AppendString(b, 3, all.Resource.SchemaURL())
	return wire.Close(b, inResource)
}

func appendMetric(b []byte, m metricdata.Metrics) []byte {
	b, inMetric := wire.Open(b, 2, 2)
	b = wire.AppendString(b, 1, m.Name)
	b = wire.AppendString(b, 2, m.Description)
	b = wire.AppendString(b, 3, m.Unit)
	switch data := m.Data.(type) {
	case metricdata.Gauge[int64]:
		b = appendNumbers(b, 5, data.DataPoints, 0, false)
	case metricdata.Gauge[float64]:
		b = appendNumbers(b, 5, data.DataPoints, 0, false)
	case metricdata.Sum[int64]:
		b = appendNumbers(b, 7, data.DataPoints, data.Temporality, data.IsMonotonic)
	case metricdata.Sum[float64]:
		b = appendNumbers(b, 7, data.DataPoints, data.Temporality, data.IsMonotonic)
	case metricdata.Histogram[int64]:
		b = appendHistogram(b, data)
	case metricdata.Histogram[float64]:
		b = appendHistogram(b, data)
	case metricdata.ExponentialHistogram[int64]:
		b = appendExponential(b, data)
	case metricdata.ExponentialHistogram[float64]:
		b = appendExponential(b, data)
	case metricdata.Summary:
		b = appendSummary(b, data)
	}
	return wire.Close(b, inMetric)
}

type number interface{ int64 | float64 }

// appendNumbers writes a Gauge or a Sum.
func appendNumbers[N number](b []byte, field int, points []metricdata.DataPoint[N], t metricdata.Temporality, monotonic bool) []byte {
	b, data := wire.Open(b, field, 2)
	for _, p := range points {
		var point wire.Mark
		b, point = wire.Open(b, 1, 2)
		b = appendTimes(b, p.StartTime, p.Time)
		b = appendNumber(b, 4, p.Value)
		b = appendExemplars(b, 5, p.Exemplars)
		b = appendSet(b, 7, p.Attributes.Iter())
		b = wire.Close(b, point)
	}
	b = wire.AppendUint(b, 2, temporality(t))
	if monotonic {
		b = wire.AppendUint(b, 3, 1)
	}
	return wire.Close(b, data)
}

func appendHistogram[N number](b []byte, h metricdata.Histogram[N]) []byte {
	b, data := wire.Open(b, 9, 2)
	for _, p := range h.DataPoints {
		var point wire.Mark
		b, point = wire.Open(b, 1, 2)
		b = appendTimes(b, p.StartTime, p.Time)
		b = wire.AppendFixed64(b, 4, p.Count)
		b = appendDouble(b, 5, float64(p.Sum))
		b = appendPacked(b, 6, p.BucketCounts, func(n uint64) uint64 { return n })
		b = appendPacked(b, 7, p.Bounds, math.Float64bits)
		b = appendExemplars(b, 8, p.Exemplars)
		b = appendSet(b, 9, p.Attributes.Iter())
		b = appendExtrema(b, 11, p.Min)
		b = appendExtrema(b, 12, p.Max)
		b = wire.Close(b, point)
	}
	b = wire.AppendUint(b, 2, temporality(h.Temporality))
	return wire.Close(b, data)
}

func appendExponential[N number](b []byte, h metricdata.ExponentialHistogram[N]) []byte {
	b, data := wire.Open(b, 10, 2)
	for _, p := range h.DataPoints {
		var point wire.Mark
		b, point = wire.Open(b, 1, 2)
		b = appendSet(b, 1, p.Attributes.Iter())
		b = appendTimes(b, p.StartTime, p.Time)
		b = wire.AppendFixed64(b, 4, p.Count)
		b = appendDouble(b, 5, float64(p.Sum))
		b = wire.AppendUint(b, 6, zigzag(p.Scale))
		b = wire.AppendFixed64(b, 7, p.ZeroCount)
		b = appendBuckets(b, 8, p.PositiveBucket)
		b = appendBuckets(b, 9, p.NegativeBucket)
		b = appendExemplars(b, 11, p.Exemplars)
		b = appendExtrema(b, 12, p.Min)
		b = appendExtrema(b, 13, p.Max)
		if p.ZeroThreshold != 0 {
			b = appendDouble(b, 14, p.ZeroThreshold)
		}
		b = wire.Close(b, point)
	}
	b = wire.AppendUint(b, 2, temporality(h.Temporality))
	return wire.Close(b, data)
}

// appendSummary writes what only bridges from other libraries make.
func appendSummary(b []byte, s metricdata.Summary) []byte {
	b, data := wire.Open(b, 11, 2)
	for _, p := range s.DataPoints {
		var point wire.Mark
		b, point = wire.Open(b, 1, 2)
		b = appendTimes(b, p.StartTime, p.Time)
		b = wire.AppendFixed64(b, 4, p.Count)
		b = appendDouble(b, 5, p.Sum)
		for _, q := range p.QuantileValues {
			var at wire.Mark
			b, at = wire.Open(b, 6, 1)
			b = appendDouble(b, 1, q.Quantile)
			b = appendDouble(b, 2, q.Value)
			b = wire.Close(b, at)
		}
		b = appendSet(b, 7, p.Attributes.Iter())
		b = wire.Close(b, point)
	}
	return wire.Close(b, data)
}

func appendBuckets(b []byte, field int, buckets metricdata.ExponentialBucket) []byte {
	b, m := wire.Open(b, field, 2)
	b = wire.AppendUint(b, 1, zigzag(buckets.Offset))
	if len(buckets.Counts) > 0 {
		var counts wire.Mark
		b, counts = wire.Open(b, 2, 2)
		for _, n := range buckets.Counts {
			b = binary.AppendUvarint(b, n)
		}
		b = wire.Close(b, counts)
	}
	return wire.Close(b, m)
}

func appendExemplars[N number](b []byte, field int, exemplars []metricdata.Exemplar[N]) []byte {
	for _, e := range exemplars {
		var m wire.Mark
		b, m = wire.Open(b, field, 1)
		b = wire.AppendFixed64(b, 2, unixNano(e.Time))
		b = appendNumber(b, 3, e.Value)
		b = wire.AppendBytes(b, 4, e.SpanID)
		b = wire.AppendBytes(b, 5, e.TraceID)
		b = appendAttributes(b, 7, e.FilteredAttributes)
		b = wire.Close(b, m)
	}
	return b
}

// appendNumber writes a oneof: a double in the given field, or a sfixed64 in
// field 6, which all messages with numbers have in common.
func appendNumber[N number](b []byte, double int, v N) []byte {
	if i, ok := any(v).(int64); ok {
		return binary.LittleEndian.AppendUint64(wire.AppendTag(b, 6, wire.Fixed64), uint64(i))
	}
	return appendDouble(b, double, float64(v))
}

// appendDouble writes zero too: the fields that it is for know presence.
func appendDouble(b []byte, field int, v float64) []byte {
	return binary.LittleEndian.AppendUint64(wire.AppendTag(b, field, wire.Fixed64), math.Float64bits(v))
}

func appendExtrema[N number](b []byte, field int, e metricdata.Extrema[N]) []byte {
	if v, defined := e.Value(); defined {
		return appendDouble(b, field, float64(v))
	}
	return b
}

func appendPacked[T any](b []byte, field int, values []T, bits func(T) uint64) []byte {
	if len(values) == 0 {
		return b
	}
	b = binary.AppendUvarint(wire.AppendTag(b, field, wire.Bytes), uint64(8*len(values)))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint64(b, bits(v))
	}
	return b
}

func appendTimes(b []byte, start, end time.Time) []byte {
	b = wire.AppendFixed64(b, 2, unixNano(start))
	return wire.AppendFixed64(b, 3, unixNano(end))
}

func temporality(t metricdata.Temporality) uint64 {
	switch t {
	case metricdata.DeltaTemporality:
		return 1
	case metricdata.CumulativeTemporality:
		return 2
	}
	return 0
}

// zigzag is protocol buffers' sint32.
func zigzag(v int32) uint64 { return uint64(uint32(v)<<1 ^ uint32(v>>31)) }
