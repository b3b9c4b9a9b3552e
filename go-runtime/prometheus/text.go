// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// appendText writes metrics in Prometheus' text format, with the names and
// labels of the specification's "Prometheus and OpenMetrics Compatibility".
// Exponential histograms have no form there and are left out.
func appendText(b []byte, all *metricdata.ResourceMetrics) []byte {
	if all.Resource != nil && all.Resource.Len() > 0 {
		b = append(b, "# HELP target_info Target metadata\n# TYPE target_info gauge\ntarget_info"...)
		b = append(appendLabels(b, *all.Resource.Set(), ""), " 1\n"...)
	}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			b = appendMetric(b, m)
		}
	}
	return b
}

func appendMetric(b []byte, m metricdata.Metrics) []byte {
	switch data := m.Data.(type) {
	case metricdata.Gauge[int64]:
		return appendNumbers(b, m, data.DataPoints, "gauge")
	case metricdata.Gauge[float64]:
		return appendNumbers(b, m, data.DataPoints, "gauge")
	case metricdata.Sum[int64]:
		return appendNumbers(b, m, data.DataPoints, sumType(data.IsMonotonic))
	case metricdata.Sum[float64]:
		return appendNumbers(b, m, data.DataPoints, sumType(data.IsMonotonic))
	case metricdata.Histogram[int64]:
		return appendHistogram(b, m, data.DataPoints)
	case metricdata.Histogram[float64]:
		return appendHistogram(b, m, data.DataPoints)
	}
	return b
}

func sumType(monotonic bool) string {
	if monotonic {
		return "counter"
	}
	return "gauge"
}

type number interface{ int64 | float64 }

func appendNumbers[N number](b []byte, m metricdata.Metrics, points []metricdata.DataPoint[N], kind string) []byte {
	name := nameOf(m, kind == "counter")
	b = appendHead(b, name, m.Description, kind)
	for _, p := range points {
		b = appendSample(b, name, p.Attributes, "", float64(p.Value))
	}
	return b
}

func appendHistogram[N number](b []byte, m metricdata.Metrics, points []metricdata.HistogramDataPoint[N]) []byte {
	name := nameOf(m, false)
	b = appendHead(b, name, m.Description, "histogram")
	for _, p := range points {
		count := uint64(0)
		for i, n := range p.BucketCounts {
			count += n
			bound := "+Inf"
			if i < len(p.Bounds) {
				bound = formatFloat(p.Bounds[i])
			}
			b = appendSample(b, name+"_bucket", p.Attributes, bound, float64(count))
		}
		b = appendSample(b, name+"_sum", p.Attributes, "", float64(p.Sum))
		b = appendSample(b, name+"_count", p.Attributes, "", float64(p.Count))
	}
	return b
}

func appendHead(b []byte, name, description, kind string) []byte {
	if description != "" {
		b = append(b, "# HELP "+name+" "+strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(description)+"\n"...)
	}
	return append(b, "# TYPE "+name+" "+kind+"\n"...)
}

func appendSample(b []byte, name string, attributes attribute.Set, bound string, v float64) []byte {
	b = appendLabels(append(b, name...), attributes, bound)
	return append(b, " "+formatFloat(v)+"\n"...)
}

// appendLabels writes {a="b",le="bound"}. Keys that become the same name have
// their values joined by ";".
func appendLabels(b []byte, set attribute.Set, bound string) []byte {
	var names []string
	values := map[string]string{}
	for i := set.Iter(); i.Next(); {
		kv := i.Attribute()
		name := sanitize(string(kv.Key))
		if old, known := values[name]; known {
			values[name] = old + ";" + kv.Value.Emit()
			continue
		}
		names = append(names, name)
		values[name] = kv.Value.Emit()
	}
	if bound != "" {
		names = append(names, "le")
		values["le"] = bound
	}
	if len(names) == 0 {
		return b
	}
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	for i, name := range names {
		separator := byte(',')
		if i == 0 {
			separator = '{'
		}
		b = append(append(b, separator), name+`="`+escape.Replace(values[name])+`"`...)
	}
	return append(b, '}')
}

func formatFloat(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "+Inf"
	case math.IsInf(v, -1):
		return "-Inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// units are the words that Prometheus names end in.
var units = map[string]string{
	"s": "seconds", "ms": "milliseconds", "By": "bytes", "KiBy": "kibibytes", "MiBy": "mebibytes", "%": "percent", "1": "ratio",
}

// nameOf is the metric's name with unit and, for a counter, _total.
func nameOf(m metricdata.Metrics, counter bool) string {
	name := sanitize(m.Name)
	if unit := units[m.Unit]; unit != "" && !strings.HasSuffix(name, "_"+unit) {
		name += "_" + unit
	}
	if counter && !strings.HasSuffix(name, "_total") {
		name += "_total"
	}
	return name
}

// sanitize makes a name of letters, digits and _ that begins with no digit.
func sanitize(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
			return r
		}
		return '_'
	}, name)
	if clean != "" && clean[0] >= '0' && clean[0] <= '9' {
		return "_" + clean
	}
	return clean
}
