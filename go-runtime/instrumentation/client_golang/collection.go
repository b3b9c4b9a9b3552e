// SPDX-License-Identifier: Apache-2.0

package clientgolang

import (
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/exporter/otlp/wire"
)

// The types of a MetricFamily.
const (
	counterType   = 0
	gaugeType     = 1
	summaryType   = 2
	untypedType   = 3
	histogramType = 4
)

// collection is the metrics of several registries, by their names. A series that two
// have is that of the first, as it is on a page for which they are joined.
type collection struct {
	order    []string
	families map[string]*family
}

// family is the metrics of a name.
type family struct {
	name, help   string
	kind         uint64
	known        map[attribute.Distinct]bool
	numbers      []metricdata.DataPoint[float64]
	histograms   []metricdata.HistogramDataPoint[float64]
	exponentials []metricdata.ExponentialHistogramDataPoint[float64]
	summaries    []metricdata.SummaryDataPoint
}

// add takes an encoded io.prometheus.client.MetricFamily. What isn't understood is
// left out.
//
// https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto
func (c *collection) add(encoded []byte, now time.Time) {
	var name, help string
	var kind uint64
	var metrics [][]byte
	r := wire.NewReader(encoded)
	for r.Next() {
		switch r.Field() {
		case 1:
			name = r.Text()
		case 2:
			help = r.Text()
		case 3:
			kind = r.Uint()
		case 4:
			metrics = append(metrics, r.Bytes())
		}
	}
	if r.Err() != nil || kind > histogramType {
		return
	}
	of := c.families[name]
	if of == nil {
		if c.families == nil {
			c.families = map[string]*family{}
		}
		of = &family{name: name, help: help, kind: kind, known: map[attribute.Distinct]bool{}}
		c.families[name] = of
		c.order = append(c.order, name)
	}
	if of.kind != kind {
		return
	}
	for _, metric := range metrics {
		of.add(metric, now)
	}
}

// metrics are those of OpenTelemetry that mean the same, under the same names.
//
// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
func (c *collection) metrics() (all []metricdata.Metrics) {
	for _, name := range c.order {
		of := c.families[name]
		add := func(data metricdata.Aggregation, points int) {
			if points > 0 {
				all = append(all, metricdata.Metrics{Name: of.name, Description: of.help, Data: data})
			}
		}
		if of.kind == counterType {
			add(metricdata.Sum[float64]{DataPoints: of.numbers, Temporality: metricdata.CumulativeTemporality, IsMonotonic: true}, len(of.numbers))
		} else {
			add(metricdata.Gauge[float64]{DataPoints: of.numbers}, len(of.numbers))
		}
		add(metricdata.Histogram[float64]{DataPoints: of.histograms, Temporality: metricdata.CumulativeTemporality}, len(of.histograms))
		add(metricdata.ExponentialHistogram[float64]{DataPoints: of.exponentials, Temporality: metricdata.CumulativeTemporality}, len(of.exponentials))
		add(metricdata.Summary{DataPoints: of.summaries}, len(of.summaries))
	}
	return all
}
