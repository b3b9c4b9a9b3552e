// SPDX-License-Identifier: Apache-2.0

package clientgolang

import (
	"encoding/hex"
	"math"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/exporter/otlp/wire"
)

// The fields of a Metric that hold its value, by the family's type.
var valueFields = [...]int{counterType: 3, gaugeType: 2, summaryType: 4, untypedType: 5, histogramType: 7}

// add takes an encoded Metric.
func (f *family) add(encoded []byte, now time.Time) {
	var labels []attribute.KeyValue
	var value []byte
	r := wire.NewReader(encoded)
	for r.Next() {
		switch r.Field() {
		case 1:
			labels = append(labels, decodeLabel(r.Bytes()))
		case valueFields[f.kind]:
			value = r.Bytes()
		case 6:
			if ms := int64(r.Uint()); ms != 0 {
				now = time.UnixMilli(ms)
			}
		}
	}
	set := attribute.NewSet(labels...)
	if r.Err() != nil || f.known[set.Equivalent()] {
		return
	}
	f.known[set.Equivalent()] = true
	switch f.kind {
	case summaryType:
		f.addSummary(value, set, now)
	case histogramType:
		f.addHistogram(value, set, now)
	default:
		f.addNumber(value, set, now)
	}
}

// addNumber takes a Counter, Gauge or Untyped; the latter two have a value only.
func (f *family) addNumber(encoded []byte, set attribute.Set, now time.Time) {
	p := metricdata.DataPoint[float64]{Attributes: set, Time: now}
	if f.kind == counterType {
		p.StartTime = started
	}
	for r := wire.NewReader(encoded); r.Next(); {
		switch {
		case r.Field() == 1:
			p.Value = double(r)
		case f.kind != counterType:
		case r.Field() == 2:
			p.Exemplars = append(p.Exemplars, decodeExemplar(r.Bytes(), now))
		case r.Field() == 3:
			p.StartTime = decodeTime(r.Bytes())
		}
	}
	f.numbers = append(f.numbers, p)
}

func (f *family) addSummary(encoded []byte, set attribute.Set, now time.Time) {
	p := metricdata.SummaryDataPoint{Attributes: set, StartTime: started, Time: now}
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			p.Count = r.Uint()
		case 2:
			p.Sum = double(r)
		case 3:
			var q metricdata.QuantileValue
			for in := wire.NewReader(r.Bytes()); in.Next(); {
				switch in.Field() {
				case 1:
					q.Quantile = double(in)
				case 2:
					q.Value = double(in)
				}
			}
			p.QuantileValues = append(p.QuantileValues, q)
		case 4:
			p.StartTime = decodeTime(r.Bytes())
		}
	}
	f.summaries = append(f.summaries, p)
}

func decodeLabel(encoded []byte) attribute.KeyValue {
	var name, value string
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			name = r.Text()
		case 2:
			value = r.Text()
		}
	}
	return attribute.String(name, value)
}

// decodeExemplar has the labels trace_id and span_id as what they say, by the
// specification. One without a time is of the collection's.
func decodeExemplar(encoded []byte, now time.Time) metricdata.Exemplar[float64] {
	e := metricdata.Exemplar[float64]{Time: now}
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			label := decodeLabel(r.Bytes())
			id, err := hex.DecodeString(label.Value.AsString())
			switch {
			case err == nil && label.Key == "trace_id" && len(id) == 16:
				e.TraceID = id
			case err == nil && label.Key == "span_id" && len(id) == 8:
				e.SpanID = id
			default:
				e.FilteredAttributes = append(e.FilteredAttributes, label)
			}
		case 2:
			e.Value = double(r)
		case 3:
			e.Time = decodeTime(r.Bytes())
		}
	}
	return e
}

// decodeTime takes a google.protobuf.Timestamp.
func decodeTime(encoded []byte) time.Time {
	var seconds, nanoseconds int64
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			seconds = int64(r.Uint())
		case 2:
			nanoseconds = int64(int32(r.Uint()))
		}
	}
	return time.Unix(seconds, nanoseconds)
}

func double(r *wire.Reader) float64 { return math.Float64frombits(r.Fixed64()) }
