// SPDX-License-Identifier: Apache-2.0

package goruntime

import (
	"math"
	"runtime/metrics"
	"sort"
	"time"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// bounds of what is sent, in seconds: the support module has some hundred buckets,
// most of which nobody would look at.
var bounds = []float64{1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1}

// condense counts each of the support module's buckets in the one of ours that holds
// its upper end. The run time doesn't know the sum of its values: it is
// estimated from the middle of each bucket.
func condense(from *metrics.Float64Histogram, now time.Time) metricdata.HistogramDataPoint[float64] {
	p := metricdata.HistogramDataPoint[float64]{
		StartTime: started, Time: now, Bounds: bounds, BucketCounts: make([]uint64, len(bounds)+1),
	}
	for i, n := range from.Counts {
		if n == 0 {
			continue
		}
		low, high := from.Buckets[i], from.Buckets[i+1]
		p.BucketCounts[sort.SearchFloat64s(bounds, high)] += n
		p.Count += n
		if math.IsInf(low, -1) {
			low = 0
		}
		if math.IsInf(high, 1) {
			high = low
		}
		p.Sum += float64(n) * (low + high) / 2
	}
	return p
}
