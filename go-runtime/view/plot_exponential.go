// SPDX-License-Identifier: Apache-2.0

package view

import (
	"math"
	"sort"

	"otel.runtime/view/receiver"
)

// exponentialDifference is what came between two points. A histogram's scale
// falls when its range grows, so the buckets of the one before are merged first.
func exponentialDifference(now, before *receiver.ExponentialBuckets) *receiver.ExponentialBuckets {
	out := *now
	out.Zero -= min(before.Zero, now.Zero)
	coarser := before.Scale - now.Scale
	out.Positive = runDifference(now.Positive, before.Positive, coarser)
	out.Negative = runDifference(now.Negative, before.Negative, coarser)
	return &out
}

func runDifference(now, before receiver.BucketRun, coarser int32) receiver.BucketRun {
	out := receiver.BucketRun{Offset: now.Offset, Counts: append([]uint64{}, now.Counts...)}
	if coarser < 0 {
		return out // it can't have become finer: another histogram
	}
	for i, n := range before.Counts {
		at := (int64(before.Offset)+int64(i))>>min(coarser, 63) - int64(now.Offset)
		if at >= 0 && at < int64(len(out.Counts)) {
			out.Counts[at] -= min(n, out.Counts[at])
		}
	}
	return out
}

// exponentialQuantile answers with the middle of the bucket that has the rank.
func exponentialQuantile(p *receiver.Point, of float64) float64 {
	type bucket struct {
		middle float64
		count  uint64
	}
	e := p.Exponential
	buckets := []bucket{{0, e.Zero}}
	total := e.Zero
	middle := func(index int64) float64 { return math.Exp2((float64(index) + 0.5) * math.Exp2(-float64(e.Scale))) }
	for i, n := range e.Positive.Counts {
		buckets = append(buckets, bucket{middle(int64(e.Positive.Offset) + int64(i)), n})
		total += n
	}
	for i, n := range e.Negative.Counts {
		buckets = append(buckets, bucket{-middle(int64(e.Negative.Offset) + int64(i)), n})
		total += n
	}
	if total == 0 {
		return math.NaN()
	}
	sort.Slice(buckets, func(i, j int) bool { return buckets[i].middle < buckets[j].middle })
	rank, below := of*float64(total), 0.0
	for _, b := range buckets {
		if below += float64(b.count); b.count > 0 && below >= rank {
			return clamp(b.middle, p)
		}
	}
	return clamp(buckets[len(buckets)-1].middle, p)
}
