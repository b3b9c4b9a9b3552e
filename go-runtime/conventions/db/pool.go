// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"net"
	"strconv"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"otel.runtime/telemetry/meter"
)

const (
	poolName  = attribute.Key("db.client.connection.pool.name")
	poolState = attribute.Key("db.client.connection.state")
)

// PoolStats is what a connection pool says of itself.
type PoolStats struct {
	Idle, Used int64 // connections at this moment
	Max        int64 // connections that may be open; 0 if there is no limit
	// Since the pool was made. What a kind of pools doesn't count is nil.
	Waits, Timeouts *int64
	Waited          *time.Duration
}

// add makes one pool of two, either of which may not count something.
func (p *PoolStats) add(q PoolStats) {
	p.Idle, p.Used, p.Max = p.Idle+q.Idle, p.Used+q.Used, p.Max+q.Max
	p.Waits, p.Timeouts, p.Waited = sum(p.Waits, q.Waits), sum(p.Timeouts, q.Timeouts), sum(p.Waited, q.Waited)
}

func sum[N int64 | time.Duration](x, y *N) *N {
	if x == nil {
		return y
	}
	if y == nil {
		return x
	}
	both := *x + *y
	return &both
}

func less[N int64 | time.Duration](x, y *N) bool { return x != nil && y != nil && *x < *y }

// Pools are all connection pools of a library, read when somebody collects.
//
// https://opentelemetry.io/docs/specs/semconv/db/database-metrics/#connection-pools
type Pools struct {
	Scope meter.Scope // of the library
	// Each calls yield for each open pool, with its address, which may be that of another when it is gone.
	Each func(yield func(uintptr, Target, PoolStats))

	counts                      counts
	once                        sync.Once
	count, most, waits, expired metric.Int64Observable
	waited                      metric.Float64Observable
}

// Observe begins, when it is called first. Call it with the first operation: by
// then the program has set its meter provider, if it has one.
func (p *Pools) Observe() {
	p.once.Do(func() { p.Scope.Observe(p.instruments, p.observe) })
}

func (p *Pools) instruments(m metric.Meter) []metric.Observable {
	p.count, _ = m.Int64ObservableUpDownCounter("db.client.connection.count", metric.WithUnit("{connection}"),
		metric.WithDescription("The number of connections that are currently in state described by the state attribute."))
	p.most, _ = m.Int64ObservableUpDownCounter("db.client.connection.max", metric.WithUnit("{connection}"),
		metric.WithDescription("The maximum number of open connections allowed."))
	p.expired, _ = m.Int64ObservableCounter("db.client.connection.timeouts", metric.WithUnit("{timeout}"),
		metric.WithDescription("The number of connection timeouts that have occurred trying to obtain a connection from the pool."))
	// Pools have sums where the conventions have a histogram of wait times.
	p.waits, _ = m.Int64ObservableCounter("otel.db.client.connection.waits", metric.WithUnit("{wait}"),
		metric.WithDescription("The number of times that an operation waited for a connection."))
	p.waited, _ = m.Float64ObservableCounter("otel.db.client.connection.waited", metric.WithUnit("s"),
		metric.WithDescription("The time that operations waited for a connection."))
	return []metric.Observable{p.count, p.most, p.expired, p.waits, p.waited}
}

func (p *Pools) observe(_ context.Context, o metric.Observer) error {
	// Two pools of one name are told as one: their sum.
	pools := map[Target]PoolStats{}
	p.counts.mu.Lock()
	defer p.counts.mu.Unlock()
	round := p.counts.begin()
	p.Each(func(at uintptr, of Target, stats PoolStats) {
		round.read(at, of, stats)
		if known, twice := pools[of]; twice {
			stats.add(known)
		}
		pools[of] = stats
	})
	round.end(pools)
	for of, stats := range pools {
		with := metric.WithAttributeSet(attribute.NewSet(of.Append([]attribute.KeyValue{poolName.String(of.pool())})...))
		o.ObserveInt64(p.count, stats.Idle, with, metric.WithAttributes(poolState.String("idle")))
		o.ObserveInt64(p.count, stats.Used, with, metric.WithAttributes(poolState.String("used")))
		if stats.Max > 0 {
			o.ObserveInt64(p.most, stats.Max, with)
		}
		if stats.Timeouts != nil {
			o.ObserveInt64(p.expired, *stats.Timeouts, with)
		}
		if stats.Waits != nil {
			o.ObserveInt64(p.waits, *stats.Waits, with)
		}
		if stats.Waited != nil {
			o.ObserveFloat64(p.waited, stats.Waited.Seconds(), with)
		}
	}
	return nil
}

// pool is the name that the conventions give a pool that has none:
// address:port/namespace, as far as they are known, else the system.
func (t Target) pool() string {
	name := t.Address
	if t.Address != "" && t.Port != 0 {
		name = net.JoinHostPort(t.Address, strconv.Itoa(t.Port))
	}
	switch {
	case name == "" && t.Namespace == "":
		return t.System
	case name == "":
		return t.Namespace
	case t.Namespace == "":
		return name
	}
	return name + "/" + t.Namespace
}
