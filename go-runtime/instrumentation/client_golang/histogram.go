// SPDX-License-Identifier: Apache-2.0

package clientgolang

import (
	"encoding/binary"
	"math"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/exporter/otlp/wire"
)

// histogram is both forms of a Histogram.
type histogram struct {
	count, zeroCount   uint64
	sum, zeroThreshold float64
	created            time.Time
	schema             int32
	buckets            []classic
	positive, negative spans
	exemplars          []metricdata.Exemplar[float64]
}

// classic is a bucket up to a bound.
type classic struct {
	bound      float64
	cumulative uint64
}

// spans are runs of native buckets; each count is told as the difference to the one
// before.
type spans struct {
	runs   []run
	deltas []int64
}

// run is so many buckets, so far behind the last.
type run struct {
	offset int32
	length uint32
}

// addHistogram makes a native histogram, which may have classic buckets too, an
// exponential one.
func (f *family) addHistogram(encoded []byte, set attribute.Set, now time.Time) {
	h := decodeHistogram(encoded, now)
	if h.zeroThreshold == 0 && h.zeroCount == 0 && len(h.positive.runs) == 0 && len(h.negative.runs) == 0 {
		bounds, counts := h.classic()
		f.histograms = append(f.histograms, metricdata.HistogramDataPoint[float64]{Attributes: set, StartTime: h.created, Time: now,
			Count: h.count, Sum: h.sum, Bounds: bounds, BucketCounts: counts, Exemplars: h.exemplars})
		return
	}
	positive, ok := h.positive.buckets()
	negative, alsoOK := h.negative.buckets()
	if !ok || !alsoOK || h.schema < -4 || h.schema > 8 { // others have bounds of their own
		return
	}
	f.exponentials = append(f.exponentials, metricdata.ExponentialHistogramDataPoint[float64]{Attributes: set, StartTime: h.created, Time: now,
		Count: h.count, Sum: h.sum, Scale: h.schema, ZeroCount: h.zeroCount, ZeroThreshold: h.zeroThreshold,
		PositiveBucket: positive, NegativeBucket: negative, Exemplars: h.exemplars})
}

func decodeHistogram(encoded []byte, now time.Time) histogram {
	h := histogram{created: started}
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			h.count = r.Uint()
		case 2:
			h.sum = double(r)
		case 3:
			h.addBucket(r.Bytes(), now)
		case 5:
			h.schema = int32(zigzag(r.Uint()))
		case 6:
			h.zeroThreshold = double(r)
		case 7:
			h.zeroCount = r.Uint()
		case 9:
			h.negative.runs = append(h.negative.runs, decodeRun(r.Bytes()))
		case 10:
			h.negative.addDeltas(r)
		case 12:
			h.positive.runs = append(h.positive.runs, decodeRun(r.Bytes()))
		case 13:
			h.positive.addDeltas(r)
		case 15:
			h.created = decodeTime(r.Bytes())
		case 16:
			h.exemplars = append(h.exemplars, decodeExemplar(r.Bytes(), now))
		}
	}
	return h
}

func (h *histogram) addBucket(encoded []byte, now time.Time) {
	var b classic
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			b.cumulative = r.Uint()
		case 2:
			b.bound = double(r)
		case 3:
			h.exemplars = append(h.exemplars, decodeExemplar(r.Bytes(), now))
		}
	}
	h.buckets = append(h.buckets, b)
}

// classic are the bounds and what is between them. The last bucket, without a bound,
// is told by client_golang only if it has an exemplar.
func (h *histogram) classic() (bounds []float64, counts []uint64) {
	before := uint64(0)
	for _, b := range h.buckets {
		if math.IsInf(b.bound, 1) {
			continue
		}
		bounds, counts = append(bounds, b.bound), append(counts, less(b.cumulative, before))
		before = b.cumulative
	}
	return bounds, append(counts, less(h.count, before))
}

// less is 0 where a collector of the program's counts backwards.
func less(a, b uint64) uint64 {
	if a < b {
		return 0
	}
	return a - b
}

func decodeRun(encoded []byte) run {
	var of run
	for r := wire.NewReader(encoded); r.Next(); {
		switch r.Field() {
		case 1:
			of.offset = int32(zigzag(r.Uint()))
		case 2:
			of.length = uint32(r.Uint())
		}
	}
	return of
}

func (s *spans) addDeltas(r *wire.Reader) {
	if r.Kind() != wire.Bytes {
		s.deltas = append(s.deltas, zigzag(r.Uint()))
		return
	}
	for packed := r.Bytes(); len(packed) > 0; {
		v, n := binary.Uvarint(packed)
		if n <= 0 {
			return
		}
		s.deltas, packed = append(s.deltas, zigzag(v)), packed[n:]
	}
}

func zigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// mostBuckets is far above what native histograms have by default, 160.
const mostBuckets = 16384

// buckets are the counts without gaps. Prometheus numbers buckets by their upper
// bounds, OpenTelemetry by the lower ones.
func (s *spans) buckets() (of metricdata.ExponentialBucket, ok bool) {
	next, count := 0, int64(0)
	for i, run := range s.runs {
		if i == 0 {
			of.Offset = run.offset - 1
		} else if run.offset < 0 || int(run.offset) > mostBuckets-len(of.Counts) {
			return of, false
		} else {
			of.Counts = append(of.Counts, make([]uint64, run.offset)...)
		}
		if int64(run.length) > int64(len(s.deltas)-next) || len(of.Counts) > mostBuckets {
			return of, false
		}
		for j := uint32(0); j < run.length; j++ {
			count += s.deltas[next]
			next++
			if count < 0 {
				return of, false
			}
			of.Counts = append(of.Counts, uint64(count))
		}
	}
	return of, true
}
