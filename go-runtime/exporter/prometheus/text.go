// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// format is one of the two that Prometheus reads.
type format int

const (
	plainText   format = iota // Prometheus' text format, version 0.0.4
	openMetrics               // OpenMetrics 1.0, which has exemplars
)

func (f format) contentType() string {
	if f == openMetrics {
		return "application/openmetrics-text; version=1.0.0; charset=utf-8"
	}
	return "text/plain; version=0.0.4; charset=utf-8"
}

// appendPage writes the page of one collection.
func appendPage(b []byte, all *metricdata.ResourceMetrics, p *page, as format) []byte {
	if all.Resource != nil && all.Resource.Len() > 0 {
		name, kind := "target_info", "gauge"
		if as == openMetrics {
			name, kind = "target", "info"
		}
		b = appendHead(b, name, "Target metadata", kind, "", as)
		b = appendSample(b, "target_info", rendered(nil, labelsOf(*all.Resource.Set()), ""), 1)
		b = append(b, '\n')
	}
	for _, f := range p.families {
		b = p.appendFamily(b, f, as)
	}
	if as == openMetrics {
		b = append(b, "# EOF\n"...)
	}
	return b
}

func (p *page) appendFamily(b []byte, f *family, as format) []byte {
	name, kind, unit := f.name, f.kind, f.unit
	if as == openMetrics && kind == "counter" {
		// OpenMetrics has _total in the samples alone. Where the rest is another
		// family's, there is no way to say that this is a counter.
		short := strings.TrimSuffix(name, "_total")
		if _, taken := p.samples[short]; taken {
			kind, unit = "unknown", ""
		} else {
			name = short
		}
	}
	b = appendHead(b, name, f.help, kind, unit, as)
	for _, point := range f.points {
		switch f.kind {
		case "histogram":
			b = appendHistogram(b, f.name, point, as)
		case "summary":
			for _, q := range point.quantiles {
				b = appendSample(b, f.name, with(point.labels, "quantile", bound(q.Quantile, as)), q.Value)
				b = append(b, '\n')
			}
			b = appendSums(b, f.name, point)
		default:
			b = appendSample(b, f.name, point.labels, point.value)
			if kind == "counter" {
				b = appendExemplar(b, point.exemplar, as)
			}
			b = append(b, '\n')
		}
	}
	return b
}

func appendHistogram(b []byte, name string, point point, as format) []byte {
	for _, bucket := range point.buckets {
		b = appendSample(b, name+"_bucket", with(point.labels, "le", bound(bucket.bound, as)), float64(bucket.count))
		b = append(appendExemplar(b, bucket.exemplar, as), '\n')
	}
	return appendSums(b, name, point)
}

func appendSums(b []byte, name string, point point) []byte {
	b = append(appendSample(b, name+"_sum", point.labels, point.value), '\n')
	return append(appendSample(b, name+"_count", point.labels, float64(point.count)), '\n')
}

// appendHead writes what there is once for a family.
func appendHead(b []byte, name, help, kind, unit string, as format) []byte {
	if help != "" {
		escape := strings.NewReplacer(`\`, `\\`, "\n", `\n`)
		if as == openMetrics {
			escape = escapes
		}
		b = append(b, "# HELP "+name+" "+escape.Replace(strings.ToValidUTF8(help, "\uFFFD"))+"\n"...)
	}
	b = append(b, "# TYPE "+name+" "+kind+"\n"...)
	if as == openMetrics && unit != "" && strings.HasSuffix(name, "_"+unit) {
		b = append(b, "# UNIT "+name+" "+unit+"\n"...)
	}
	return b
}

func appendSample(b []byte, name, labels string, v float64) []byte {
	b = append(b, name...)
	if labels != "" {
		b = append(append(append(b, '{'), labels...), '}')
	}
	return append(append(b, ' '), formatFloat(v)...)
}

func appendExemplar(b []byte, e *exemplar, as format) []byte {
	if e == nil || as != openMetrics {
		return b
	}
	b = append(append(append(b, " # {"...), e.labels...), "} "...)
	b = append(b, formatFloat(e.value)...)
	if !e.time.IsZero() {
		b = strconv.AppendFloat(append(b, ' '), float64(e.time.UnixMilli())/1000, 'f', 3, 64)
	}
	return b
}

// with adds a label that stands last.
func with(labels, name, value string) string {
	if labels != "" {
		labels += ","
	}
	return labels + name + `="` + value + `"`
}

// bound is the value of le and quantile, which OpenMetrics wants to look like
// floating point.
func bound(v float64, as format) string {
	text := formatFloat(v)
	if as == openMetrics && !strings.ContainsAny(text, ".eIN") {
		text += ".0"
	}
	return text
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
