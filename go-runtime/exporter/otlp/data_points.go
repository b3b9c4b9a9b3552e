// SPDX-License-Identifier: Apache-2.0

package otlp

import "go.opentelemetry.io/otel/sdk/metric/metricdata"

// dataPoints counts those of a collection.
func dataPoints(all *metricdata.ResourceMetrics) (n int) {
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			n += pointsOf(m.Data)
		}
	}
	return n
}

// window is a range of the data points of a collection, counted from where a walk
// through it has got to.
type window struct{ from, to int }

// next moves behind n data points and says which of them are in the window.
func (w *window) next(n int) (from, to int) {
	from, to = clamp(w.from, n), clamp(w.to, n)
	w.from, w.to = w.from-n, w.to-n
	return from, to
}

func clamp(i, n int) int {
	if i < 0 {
		return 0
	}
	if i > n {
		return n
	}
	return i
}

// part is the data points of all from one number to another, with their metrics
// and scopes. What it is made of is shared.
func part(all *metricdata.ResourceMetrics, from, to int) *metricdata.ResourceMetrics {
	if from == 0 && to == dataPoints(all) {
		return all
	}
	out, in := &metricdata.ResourceMetrics{Resource: all.Resource}, window{from, to}
	for _, scope := range all.ScopeMetrics {
		var metrics []metricdata.Metrics
		for _, m := range scope.Metrics {
			if first, end := in.next(pointsOf(m.Data)); first < end {
				m.Data = slice(m.Data, first, end)
				metrics = append(metrics, m)
			}
		}
		if len(metrics) > 0 {
			out.ScopeMetrics = append(out.ScopeMetrics, metricdata.ScopeMetrics{Scope: scope.Scope, Metrics: metrics})
		}
	}
	return out
}

// pointsOf is 0 for a kind that isn't known.
func pointsOf(data metricdata.Aggregation) int {
	switch data := data.(type) {
	case metricdata.Gauge[int64]:
		return len(data.DataPoints)
	case metricdata.Gauge[float64]:
		return len(data.DataPoints)
	case metricdata.Sum[int64]:
		return len(data.DataPoints)
	case metricdata.Sum[float64]:
		return len(data.DataPoints)
	case metricdata.Histogram[int64]:
		return len(data.DataPoints)
	case metricdata.Histogram[float64]:
		return len(data.DataPoints)
	case metricdata.ExponentialHistogram[int64]:
		return len(data.DataPoints)
	case metricdata.ExponentialHistogram[float64]:
		return len(data.DataPoints)
	case metricdata.Summary:
		return len(data.DataPoints)
	}
	return 0
}

func slice(data metricdata.Aggregation, from, to int) metricdata.Aggregation {
	switch data := data.(type) {
	case metricdata.Gauge[int64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.Gauge[float64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.Sum[int64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.Sum[float64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.Histogram[int64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.Histogram[float64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.ExponentialHistogram[int64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.ExponentialHistogram[float64]:
		data.DataPoints = data.DataPoints[from:to]
		return data
	case metricdata.Summary:
		data.DataPoints = data.DataPoints[from:to]
		return data
	}
	return data
}
