// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"otel.runtime/exporter/otlp/wire"
)

// DecodeMetrics reads an ExportMetricsServiceRequest.
func DecodeMetrics(request []byte) ([]Metric, error) {
	return decodeGrouped(request, "metric", func(message []byte, resource Attributes, scope Scope) (Metric, error) {
		metric, err := decodeMetric(message)
		metric.Resource, metric.Scope = resource, scope
		return metric, err
	})
}

// The fields of Metric's oneof, and how a point of theirs is decoded.
var metricTypes = map[int]struct {
	name  MetricType
	point func([]byte) (Point, error)
}{
	5:  {Gauge, decodeNumber},
	7:  {Sum, decodeNumber},
	9:  {Histogram, decodeHistogram},
	10: {ExponentialHistogram, decodeExponential},
	11: {Summary, decodeSummary},
}

func decodeMetric(message []byte) (Metric, error) {
	var m Metric
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			m.Name = r.Text()
		case 2:
			m.Description = r.Text()
		case 3:
			m.Unit = r.Text()
		default:
			of, known := metricTypes[r.Field()]
			if !known {
				continue
			}
			m.Type, m.Temporality, m.Monotonic, m.Points = of.name, Unspecified, false, nil
			if err := m.decodeData(r.Bytes(), of.point); err != nil {
				return m, err
			}
		}
	}
	return m, r.Err()
}

// decodeData reads the message of any type: they number their fields alike.
func (m *Metric) decodeData(message []byte, decode func([]byte) (Point, error)) error {
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			point, err := decode(r.Bytes())
			if err != nil {
				return err
			}
			m.Points = append(m.Points, point)
		case 2:
			m.Temporality = Temporality(min(r.Uint(), 255))
		case 3:
			m.Monotonic = r.Uint() != 0
		}
	}
	return r.Err()
}

// noRecordedValue is DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK.
const noRecordedValue = 1
