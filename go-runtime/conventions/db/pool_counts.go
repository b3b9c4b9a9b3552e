// SPDX-License-Identifier: Apache-2.0

package db

import "sync"

// closedLimit bounds how many targets' closed pools are remembered: a program may
// open a database for each of its customers.
const closedLimit = 2000

// counts keeps what pools counted beyond their end, so that the sum of those of
// one target never goes down: when one of two is closed, or another is opened in
// its place. What a pool counted after it was read for the last time is lost.
type counts struct {
	mu     sync.Mutex
	open   map[uintptr]counted  // as they were read last
	closed map[Target]PoolStats // sums, with nothing but what is counted
}

type counted struct {
	of    Target
	stats PoolStats
}

// round is one reading of all open pools, under the lock of counts: a reading
// that is overtaken by another would take pools for new ones.
type round struct {
	*counts
	now map[uintptr]counted
}

func (c *counts) begin() round {
	return round{c, make(map[uintptr]counted, len(c.open))}
}

func (r round) read(at uintptr, of Target, stats PoolStats) {
	r.now[at] = counted{of, stats}
}

// end adds to pools what was counted by those that are closed.
func (r round) end(pools map[Target]PoolStats) {
	for at, last := range r.open {
		if now, open := r.now[at]; !open || now.of != last.of || now.stats.isBefore(last.stats) {
			r.close(last)
		}
	}
	r.open = r.now
	for of, stats := range pools {
		if closed, ok := r.closed[of]; ok {
			stats.add(closed)
			pools[of] = stats
		}
	}
}

func (c *counts) close(last counted) {
	sums, known := c.closed[last.of]
	if !known && len(c.closed) >= closedLimit {
		return
	}
	if c.closed == nil {
		c.closed = map[Target]PoolStats{}
	}
	sums.add(PoolStats{Waits: last.stats.Waits, Timeouts: last.stats.Timeouts, Waited: last.stats.Waited})
	c.closed[last.of] = sums
}

// isBefore reports whether the same pool can't have counted this after that: it
// is another, at the address of one that is gone.
func (p PoolStats) isBefore(that PoolStats) bool {
	return less(p.Waits, that.Waits) || less(p.Timeouts, that.Timeouts) || less(p.Waited, that.Waited)
}
