// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"fmt"
	"math"
	"sort"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// family is all metrics of one name. A page has one TYPE and one HELP for it.
type family struct {
	name, unit, help string
	kind             string // counter, gauge, histogram or summary
	points           []point
	known            map[string]bool // labels of points
}

// point is a data point of any kind.
type point struct {
	labels    string
	value     float64  // of counters and gauges, and the sum of the others
	count     uint64   // of histograms and summaries
	buckets   []bucket // cumulative, the last without a bound
	quantiles []metricdata.QuantileValue
	exemplar  *exemplar // of counters
}

type bucket struct {
	bound    float64
	count    uint64
	exemplar *exemplar
}

// page is what one request is answered with.
type page struct {
	families []*family
	byName   map[string]*family
	samples  map[string]*family // whose a name of samples is
	problems []string           // what is ignored, for whom
}

// newPage gathers the metrics of all scopes by their families. A metric whose name
// belongs to one of another type already is ignored, and of different
// descriptions the first is used, in the order of the scopes' names.
//
// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
func newPage(all *metricdata.ResourceMetrics) *page {
	p := &page{byName: map[string]*family{}, samples: map[string]*family{"target_info": nil, "target": nil}}
	scopes := append([]metricdata.ScopeMetrics(nil), all.ScopeMetrics...)
	sort.SliceStable(scopes, func(i, j int) bool { // the SDK gives them in any order
		a, b := scopes[i].Scope, scopes[j].Scope
		return a.Name < b.Name || a.Name == b.Name && (a.Version < b.Version || a.Version == b.Version && a.SchemaURL < b.SchemaURL)
	})
	for _, scope := range scopes {
		labels := scopeLabels(scope.Scope)
		for _, m := range scope.Metrics {
			p.add(scope.Scope.Name, labels, m)
		}
	}
	return p
}

func (p *page) add(scope string, labels []label, m metricdata.Metrics) {
	kind, points := kindAndPoints(labels, m.Data)
	if len(points) == 0 {
		return
	}
	f := p.family(kind, m)
	if f == nil {
		p.problems = append(p.problems, fmt.Sprintf("metric %q of %q", m.Name, scope))
		return
	}
	for _, point := range points {
		if !f.known[point.labels] {
			f.known[point.labels] = true
			f.points = append(f.points, point)
		}
	}
}

// family is nil where the name, or one that its samples have, is taken by another.
func (p *page) family(kind string, m metricdata.Metrics) *family {
	unit := unitOf(m)
	name := nameOf(m, unit, kind == "counter")
	if f := p.byName[name]; f != nil {
		if f.kind != kind {
			return nil
		}
		if f.help == "" {
			f.help = m.Description
		}
		return f
	}
	names := []string{name}
	switch kind {
	case "histogram":
		names = append(names, name+"_bucket", name+"_sum", name+"_count")
	case "summary":
		names = append(names, name+"_sum", name+"_count")
	}
	for _, name := range names {
		if _, taken := p.samples[name]; taken {
			return nil
		}
	}
	f := &family{name: name, unit: unit, help: m.Description, kind: kind, known: map[string]bool{}}
	for _, name := range names {
		p.samples[name] = f
	}
	p.byName[name] = f
	p.families = append(p.families, f)
	return f
}

// kindAndPoints has no points for a kind that has no form as text: exponential
// histograms.
func kindAndPoints(scope []label, data metricdata.Aggregation) (kind string, points []point) {
	switch data := data.(type) {
	case metricdata.Gauge[int64]:
		return "gauge", numbers(scope, data.DataPoints)
	case metricdata.Gauge[float64]:
		return "gauge", numbers(scope, data.DataPoints)
	case metricdata.Sum[int64]:
		return sumType(data.IsMonotonic), numbers(scope, data.DataPoints)
	case metricdata.Sum[float64]:
		return sumType(data.IsMonotonic), numbers(scope, data.DataPoints)
	case metricdata.Histogram[int64]:
		return "histogram", histograms(scope, data.DataPoints)
	case metricdata.Histogram[float64]:
		return "histogram", histograms(scope, data.DataPoints)
	case metricdata.Summary:
		for _, p := range data.DataPoints {
			points = append(points, point{labels: rendered(scope, labelsOf(p.Attributes), "quantile"), value: p.Sum, count: p.Count, quantiles: p.QuantileValues})
		}
		return "summary", points
	}
	return "", nil
}

func sumType(monotonic bool) string {
	if monotonic {
		return "counter"
	}
	return "gauge"
}

func rendered(scope, own []label, reserved string) string {
	return string(appendLabels(nil, joined(scope, own, reserved)))
}

type number interface{ int64 | float64 }

func numbers[N number](scope []label, from []metricdata.DataPoint[N]) (points []point) {
	for _, p := range from {
		points = append(points, point{labels: rendered(scope, labelsOf(p.Attributes), ""), value: float64(p.Value),
			exemplar: newest(p.Exemplars, math.Inf(-1), math.Inf(1))})
	}
	return points
}

func histograms[N number](scope []label, from []metricdata.HistogramDataPoint[N]) (points []point) {
	for _, p := range from {
		of, below := point{labels: rendered(scope, labelsOf(p.Attributes), "le"), value: float64(p.Sum), count: p.Count}, math.Inf(-1)
		last := bucket{bound: math.Inf(1), count: p.Count}
		count := uint64(0)
		for i, bound := range p.Bounds {
			if i < len(p.BucketCounts) {
				count += p.BucketCounts[i]
			}
			of.buckets = append(of.buckets, bucket{bound, count, newest(p.Exemplars, below, bound)})
			below = bound
		}
		last.exemplar = newest(p.Exemplars, below, math.Inf(1))
		of.buckets = append(of.buckets, last)
		points = append(points, of)
	}
	return points
}
