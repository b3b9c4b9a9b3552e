// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"otel.runtime/exporter/otlp/wire"
)

// decodeNumber reads a NumberDataPoint.
func decodeNumber(message []byte) (Point, error) {
	p := Point{Attributes: Attributes{}}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 2:
			p.Start = r.Fixed64()
		case 3:
			p.Time = r.Fixed64()
		case 4:
			p.Value = double(r)
		case 6:
			p.Value = float64(int64(r.Fixed64()))
		case 7:
			err = p.Attributes.add(r.Bytes())
		case 8:
			p.NoValue = r.Uint()&noRecordedValue != 0
		}
		if err != nil {
			return p, err
		}
	}
	return p, r.Err()
}

// decodeHistogram reads a HistogramDataPoint.
func decodeHistogram(message []byte) (Point, error) {
	p := Point{Attributes: Attributes{}}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 2:
			p.Start = r.Fixed64()
		case 3:
			p.Time = r.Fixed64()
		case 4:
			p.Count = r.Fixed64()
		case 5:
			p.Sum = double(r)
		case 6:
			err = eachFixed64(r, func(v uint64) { p.Buckets = append(p.Buckets, v) })
		case 7:
			err = eachFixed64(r, func(v uint64) { p.Bounds = append(p.Bounds, math.Float64frombits(v)) })
		case 9:
			err = p.Attributes.add(r.Bytes())
		case 10:
			p.NoValue = r.Uint()&noRecordedValue != 0
		case 11:
			p.Min = doublePointer(r)
		case 12:
			p.Max = doublePointer(r)
		}
		if err != nil {
			return p, err
		}
	}
	if r.Err() == nil && len(p.Buckets)+len(p.Bounds) > 0 && len(p.Buckets) != len(p.Bounds)+1 {
		return p, fmt.Errorf("%d buckets for %d bounds", len(p.Buckets), len(p.Bounds))
	}
	return p, r.Err()
}

// decodeExponential reads an ExponentialHistogramDataPoint.
func decodeExponential(message []byte) (Point, error) {
	buckets := &ExponentialBuckets{}
	p := Point{Attributes: Attributes{}, Exponential: buckets}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 1:
			err = p.Attributes.add(r.Bytes())
		case 2:
			p.Start = r.Fixed64()
		case 3:
			p.Time = r.Fixed64()
		case 4:
			p.Count = r.Fixed64()
		case 5:
			p.Sum = double(r)
		case 6:
			buckets.Scale = zigzag(r)
		case 7:
			buckets.Zero = r.Fixed64()
		case 8:
			buckets.Positive, err = decodeRun(r.Bytes())
		case 9:
			buckets.Negative, err = decodeRun(r.Bytes())
		case 10:
			p.NoValue = r.Uint()&noRecordedValue != 0
		case 12:
			p.Min = doublePointer(r)
		case 13:
			p.Max = doublePointer(r)
		case 14:
			buckets.ZeroThreshold = double(r)
		}
		if err != nil {
			return p, err
		}
	}
	return p, r.Err()
}

func decodeRun(message []byte) (BucketRun, error) {
	var run BucketRun
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			run.Offset = zigzag(r)
		case 2:
			if err := eachVarint(r, func(v uint64) { run.Counts = append(run.Counts, v) }); err != nil {
				return run, err
			}
		}
	}
	return run, r.Err()
}

// decodeSummary reads a SummaryDataPoint.
func decodeSummary(message []byte) (Point, error) {
	p := Point{Attributes: Attributes{}}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 2:
			p.Start = r.Fixed64()
		case 3:
			p.Time = r.Fixed64()
		case 4:
			p.Count = r.Fixed64()
		case 5:
			p.Sum = double(r)
		case 6:
			var q Quantile
			q, err = decodeQuantile(r.Bytes())
			p.Quantiles = append(p.Quantiles, q)
		case 7:
			err = p.Attributes.add(r.Bytes())
		case 8:
			p.NoValue = r.Uint()&noRecordedValue != 0
		}
		if err != nil {
			return p, err
		}
	}
	return p, r.Err()
}

func decodeQuantile(message []byte) (Quantile, error) {
	var q Quantile
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			q.Of = double(r)
		case 2:
			q.Value = double(r)
		}
	}
	return q, r.Err()
}

func double(r *wire.Reader) float64 { return math.Float64frombits(r.Fixed64()) }

func doublePointer(r *wire.Reader) *float64 {
	v := double(r)
	return &v
}

// zigzag is protocol buffers' sint32.
func zigzag(r *wire.Reader) int32 {
	v := uint32(r.Uint())
	return int32(v>>1) ^ -int32(v&1)
}

// eachFixed64 and eachVarint read a repeated number, packed or one by one.
func eachFixed64(r *wire.Reader, do func(uint64)) error {
	if r.Kind() != wire.Bytes {
		do(r.Fixed64())
		return nil
	}
	packed := r.Bytes()
	if len(packed)%8 != 0 {
		return errors.New("packed numbers are cut short")
	}
	for ; len(packed) > 0; packed = packed[8:] {
		do(binary.LittleEndian.Uint64(packed))
	}
	return nil
}

func eachVarint(r *wire.Reader, do func(uint64)) error {
	if r.Kind() != wire.Bytes {
		do(r.Uint())
		return nil
	}
	for packed := r.Bytes(); len(packed) > 0; {
		v, n := binary.Uvarint(packed)
		if n <= 0 {
			return errors.New("packed numbers are cut short")
		}
		do(v)
		packed = packed[n:]
	}
	return nil
}
