// SPDX-License-Identifier: Apache-2.0

package view

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"otel.runtime/view/receiver"
)

const second = uint64(1e9)

func seriesOf(m receiver.Metric, points ...receiver.Point) *series {
	s := &series{metric: m}
	for _, p := range points {
		s.add(p, 100)
	}
	return s
}

func TestLines(t *testing.T) {
	number := func(start, at uint64, value float64) receiver.Point {
		return receiver.Point{Start: start * second, Time: at * second, Value: value}
	}
	histogram := func(start, at uint64, sum float64, counts ...uint64) receiver.Point {
		p := receiver.Point{Start: start * second, Time: at * second, Sum: sum, Bounds: []float64{10, 20}, Buckets: counts}
		for _, n := range counts {
			p.Count += n
		}
		return p
	}
	ended := number(1, 40, 0)
	ended.NoValue = true
	lower := 12.0
	clamped := histogram(1, 11, 90, 0, 4, 0)
	clamped.Min, clamped.Max = &lower, &lower
	for name, c := range map[string]struct {
		metric receiver.Metric
		points []receiver.Point
		line   string
		want   [][2]float64
	}{
		"gauge, out of order and sent twice": {receiver.Metric{Type: receiver.Gauge}, []receiver.Point{number(0, 3, 30), number(0, 1, 10), number(0, 3, 31)}, lineValue, [][2]float64{{1000, 10}, {3000, 31}}},
		"no number":                          {receiver.Metric{Type: receiver.Gauge}, []receiver.Point{number(0, 1, math.NaN()), number(0, 2, math.Inf(1)), number(0, 3, 1)}, lineValue, [][2]float64{{3000, 1}}},
		"rate from the start":                {receiver.Metric{Type: receiver.Sum, Monotonic: true, Temporality: receiver.Cumulative}, []receiver.Point{number(1, 11, 20), number(1, 21, 50)}, lineRate, [][2]float64{{11000, 2}, {21000, 3}}},
		"rate after a restart":               {receiver.Metric{Type: receiver.Sum, Monotonic: true, Temporality: receiver.Cumulative}, []receiver.Point{number(1, 11, 20), number(15, 21, 12)}, lineRate, [][2]float64{{11000, 2}, {21000, 2}}},
		"rate without a start":               {receiver.Metric{Type: receiver.Sum, Monotonic: true, Temporality: receiver.Cumulative}, []receiver.Point{number(0, 10, 20), number(0, 20, 50)}, lineRate, [][2]float64{{20000, 3}}},
		"rate of deltas":                     {receiver.Metric{Type: receiver.Sum, Monotonic: true, Temporality: receiver.Delta}, []receiver.Point{number(1, 11, 20), number(11, 21, 50)}, lineRate, [][2]float64{{11000, 2}, {21000, 5}}},
		"a series that has ended":            {receiver.Metric{Type: receiver.Sum}, []receiver.Point{number(1, 11, 20), ended}, lineValue, [][2]float64{{11000, 20}}},
		"median":                             {receiver.Metric{Type: receiver.Histogram, Temporality: receiver.Cumulative}, []receiver.Point{histogram(1, 11, 90, 2, 2, 0), histogram(1, 21, 500, 2, 6, 0)}, lineP50, [][2]float64{{11000, 10}, {21000, 15}}},
		"mean":                               {receiver.Metric{Type: receiver.Histogram, Temporality: receiver.Cumulative}, []receiver.Point{histogram(1, 11, 40, 2, 2, 0), histogram(1, 21, 140, 2, 6, 0), histogram(1, 31, 140, 2, 6, 0)}, lineMean, [][2]float64{{11000, 10}, {21000, 25}}},
		"beyond the last bound":              {receiver.Metric{Type: receiver.Histogram, Temporality: receiver.Delta}, []receiver.Point{histogram(1, 11, 90, 0, 0, 9)}, lineP99, [][2]float64{{11000, 20}}},
		"within the extremes":                {receiver.Metric{Type: receiver.Histogram, Temporality: receiver.Delta}, []receiver.Point{clamped}, lineP99, [][2]float64{{11000, 12}}},
		"requests per second":                {receiver.Metric{Type: receiver.Histogram, Temporality: receiver.Cumulative}, []receiver.Point{histogram(1, 11, 90, 10, 10, 0), histogram(1, 21, 90, 10, 10, 0)}, lineRate, [][2]float64{{11000, 2}, {21000, 0}}},
	} {
		if got := plot(seriesOf(c.metric, c.points...))[c.line]; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestExponentialHistograms(t *testing.T) {
	point := func(at uint64, scale, offset int32, counts ...uint64) receiver.Point {
		p := receiver.Point{Start: second, Time: at * second, Exponential: &receiver.ExponentialBuckets{Scale: scale, Positive: receiver.BucketRun{Offset: offset, Counts: counts}}}
		for _, n := range counts {
			p.Count += n
		}
		return p
	}
	// At scale 0 bucket i is (2^i, 2^(i+1)], with its middle at 2^(i+0.5).
	cumulative := receiver.Metric{Type: receiver.ExponentialHistogram, Temporality: receiver.Cumulative}
	lines := plot(seriesOf(cumulative, point(11, 1, 0, 1, 1, 1, 1), point(21, 0, 0, 2, 2, 5)))
	want := [][2]float64{{11000, math.Exp2(0.75)}, {21000, math.Exp2(2.5)}}
	if got := lines[lineP50]; fmt.Sprintf("%.6v", got) != fmt.Sprintf("%.6v", want) {
		t.Errorf("%v, want %v", got, want)
	}
	mixed := receiver.Point{Exponential: &receiver.ExponentialBuckets{Zero: 1, Negative: receiver.BucketRun{Counts: []uint64{3}}}}
	if got := exponentialQuantile(&mixed, 0.5); math.Abs(got+math.Sqrt2) > 1e-9 {
		t.Errorf("the median is %v", got)
	}
	if got := exponentialQuantile(&mixed, 0.99); got != 0 {
		t.Errorf("the 99th percentile is %v", got)
	}
	if got := exponentialQuantile(&receiver.Point{Exponential: &receiver.ExponentialBuckets{}}, 0.5); !math.IsNaN(got) {
		t.Errorf("of nothing: %v", got)
	}
}

func TestSeries(t *testing.T) {
	limits := DefaultLimits()
	limits.Series, limits.Points = 20, 3
	s := NewStore(limits)
	send := func(name, of string, at uint64, attributes ...receiver.Attribute) {
		s.Signals().Metrics([]receiver.Metric{{Name: name, Unit: "s", Type: receiver.Gauge, Resource: service(of), Points: []receiver.Point{{Time: at * second, Value: float64(at), Attributes: attributes}}}})
	}
	one, other := receiver.Attribute{Key: "a", Value: "1"}, receiver.Attribute{Key: "b", Value: "2"}
	for at := uint64(1); at <= 5; at++ {
		send("m", "shop", at, one, other)
		send("m", "shop", at+10, other, one) // attributes are a set
	}
	send("m", "shop", 1)
	send("m", "back", 1)
	metrics, services := s.Metrics("shop", "m")
	if len(metrics) != 1 || len(metrics[0].Series) != 2 || !reflect.DeepEqual(services, []string{"back", "shop"}) {
		t.Fatalf("%+v %v", metrics, services)
	}
	if got := metrics[0].Series[1].Lines[lineValue]; !reflect.DeepEqual(got, [][2]float64{{13000, 13}, {14000, 14}, {15000, 15}}) {
		t.Errorf("%v", got)
	}
	for i := range 30 {
		send("many", "shop", 1, receiver.Attribute{Key: "i", Value: int64(i)})
	}
	metrics, _ = s.Metrics("", "")
	if got := s.Status(); got.Series != 20 || got.DroppedSeries != 13 || len(metrics) != 1 || len(metrics[0].Series) != mostSeries || metrics[0].More != 20-mostSeries {
		t.Errorf("%+v, %d metrics", got, len(metrics))
	}
}
