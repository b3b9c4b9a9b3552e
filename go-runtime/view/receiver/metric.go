// SPDX-License-Identifier: Apache-2.0

package receiver

// Metric is a received metric with its points and with what it came in.
type Metric struct {
	Name        string
	Description string
	Unit        string
	Type        MetricType
	Temporality Temporality // of sums and histograms
	Monotonic   bool        // of sums
	Points      []Point
	Scope       Scope
	Resource    Attributes
}

// MetricType is which of the metric data model's types the points have.
type MetricType string

const (
	Gauge                MetricType = "gauge"
	Sum                  MetricType = "sum"
	Histogram            MetricType = "histogram"
	ExponentialHistogram MetricType = "exponential histogram"
	Summary              MetricType = "summary"
)

// Temporality is since when sums and histograms count.
type Temporality uint8

const (
	Unspecified Temporality = 0
	Delta       Temporality = 1 // since the point before
	Cumulative  Temporality = 2 // since Start
)

// Point is a data point of any type; what its type doesn't have is zero. It is
// known to be sound: a histogram has one bucket more than bounds, or neither.
type Point struct {
	Attributes Attributes
	Start      uint64 // Unix nanoseconds; 0: not known
	Time       uint64
	Value      float64 // of gauges and sums; integers beyond 2^53 are rounded
	NoValue    bool    // the series has ended, so Value means nothing

	Count    uint64 // of histograms and summaries
	Sum      float64
	Min, Max *float64 // nil: not known

	Bounds  []float64 // of histograms
	Buckets []uint64

	Exponential *ExponentialBuckets
	Quantiles   []Quantile // of summaries
}

// ExponentialBuckets are bounded by powers of 2^(2^-Scale): the i-th of
// Positive's counts reaches from that to the power of i+Positive.Offset, which
// is exclusive, to its next.
type ExponentialBuckets struct {
	Scale         int32
	Zero          uint64
	ZeroThreshold float64
	Positive      BucketRun
	Negative      BucketRun // of absolute values
}

// BucketRun is neighbouring buckets.
type BucketRun struct {
	Offset int32
	Counts []uint64
}

// Quantile is a quantile's value, 0 ≤ Of ≤ 1.
type Quantile struct{ Of, Value float64 }
