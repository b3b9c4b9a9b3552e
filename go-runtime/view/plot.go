// SPDX-License-Identifier: Apache-2.0

package view

import (
	"math"

	"otel.runtime/view/receiver"
)

// The lines that a series may have.
const (
	lineValue = "value"
	lineRate  = "per second"
	lineMean  = "mean"
	lineP50   = "p50"
	lineP95   = "p95"
	lineP99   = "p99"
)

// linesOf are the lines of a metric's series, the most telling first.
func linesOf(m receiver.Metric) []string {
	switch m.Type {
	case receiver.Sum:
		if m.Monotonic {
			return []string{lineRate, lineValue}
		}
	case receiver.Histogram, receiver.ExponentialHistogram:
		return []string{lineP95, lineP50, lineP99, lineMean, lineRate}
	case receiver.Summary:
		return []string{lineMean, lineRate}
	}
	return []string{lineValue}
}

// plot turns points into lines. What counts up becomes a rate, and histograms
// become quantiles of what came since the point before.
func plot(s *series) map[string][][2]float64 {
	lines := map[string][][2]float64{}
	for _, name := range linesOf(s.metric) {
		lines[name] = [][2]float64{}
	}
	add := func(name string, at uint64, v float64) {
		if _, wanted := lines[name]; wanted && isNumber(v) {
			lines[name] = append(lines[name], [2]float64{milliseconds(at), v})
		}
	}
	var before *receiver.Point
	for i := range s.points {
		p := &s.points[i]
		if p.NoValue {
			before = nil
			continue
		}
		switch s.metric.Type {
		case receiver.Gauge:
			add(lineValue, p.Time, p.Value)
		case receiver.Sum:
			add(lineValue, p.Time, p.Value)
			if change, ok := since(s.metric, before, p); ok {
				add(lineRate, p.Time, change.Value/seconds(change))
			}
		default:
			if change, ok := since(s.metric, before, p); ok {
				add(lineRate, p.Time, float64(change.Count)/seconds(change))
				if change.Count > 0 {
					add(lineMean, p.Time, change.Sum/float64(change.Count))
					add(lineP50, p.Time, quantile(&change, 0.5))
					add(lineP95, p.Time, quantile(&change, 0.95))
					add(lineP99, p.Time, quantile(&change, 0.99))
				}
			}
		}
		before = p
	}
	return lines
}

func seconds(p receiver.Point) float64 { return float64(p.Time-p.Start) / 1e9 }

// since is what came between two points, as a point that starts where the one
// before was; false where no time has passed or is known. A count that starts
// anew, as after a restart, begins at its own start.
func since(m receiver.Metric, before, p *receiver.Point) (receiver.Point, bool) {
	change := *p
	cumulative := m.Temporality != receiver.Delta
	if cumulative && before != nil && p.Start == before.Start && p.Value >= before.Value && p.Count >= before.Count && len(p.Buckets) == len(before.Buckets) {
		change.Start = before.Time
		change.Value -= before.Value
		change.Count -= before.Count
		change.Sum -= before.Sum
		change.Min, change.Max = nil, nil // they are of all time
		change.Buckets = difference(p.Buckets, before.Buckets)
		if p.Exponential != nil && before.Exponential != nil {
			change.Exponential = exponentialDifference(p.Exponential, before.Exponential)
		}
	} else if change.Start == 0 && before != nil && !cumulative {
		change.Start = before.Time
	}
	return change, change.Start != 0 && change.Time > change.Start
}

// difference never goes below zero.
func difference(now, before []uint64) []uint64 {
	out := make([]uint64, len(now))
	for i := range now {
		if i < len(before) && before[i] <= now[i] {
			out[i] = now[i] - before[i]
		} else if i >= len(before) {
			out[i] = now[i]
		}
	}
	return out
}

// quantile estimates within a bucket along a straight line, as Prometheus does.
// NaN if the point has no buckets.
func quantile(p *receiver.Point, of float64) float64 {
	if p.Exponential != nil {
		return exponentialQuantile(p, of)
	}
	total := uint64(0)
	for _, n := range p.Buckets {
		total += n
	}
	if total == 0 || len(p.Bounds) == 0 {
		return math.NaN()
	}
	rank, below := of*float64(total), 0.0
	for i, n := range p.Buckets {
		if below+float64(n) < rank || n == 0 {
			below += float64(n)
			continue
		}
		if i == len(p.Bounds) { // without an upper bound
			return clamp(p.Bounds[i-1], p)
		}
		lower := math.Min(0, p.Bounds[0])
		if i > 0 {
			lower = p.Bounds[i-1]
		}
		return clamp(lower+(p.Bounds[i]-lower)*(rank-below)/float64(n), p)
	}
	return clamp(p.Bounds[len(p.Bounds)-1], p)
}

// clamp keeps an estimate between the extremes that are known.
func clamp(v float64, p *receiver.Point) float64 {
	if p.Max != nil && isNumber(*p.Max) {
		v = math.Min(v, *p.Max)
	}
	if p.Min != nil && isNumber(*p.Min) {
		v = math.Max(v, *p.Min)
	}
	return v
}
