// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"otel.runtime/db"
	"otel.runtime/meter"
)

const (
	poolName  = attribute.Key("db.client.connection.pool.name")
	poolState = attribute.Key("db.client.connection.state")
)

// pools are the connection pools of all databases, read when somebody collects.
//
// https://opentelemetry.io/docs/specs/semconv/db/database-metrics/#connection-pools
type pools struct {
	count, most, waits metric.Int64Observable
	waited             metric.Float64Observable
}

var observed sync.Once

// observePools begins with the first operation: by then the program has set its
// meter provider, if it has one.
func observePools() {
	observed.Do(func() {
		var p pools
		scope := meter.Scope{Name: "otel.runtime/databasesql", SchemaURL: db.SchemaURL}
		scope.Observe(p.instruments, p.observe)
	})
}

func (p *pools) instruments(m metric.Meter) []metric.Observable {
	p.count, _ = m.Int64ObservableUpDownCounter("db.client.connection.count", metric.WithUnit("{connection}"),
		metric.WithDescription("The number of connections that are currently in state described by the state attribute."))
	p.most, _ = m.Int64ObservableUpDownCounter("db.client.connection.max", metric.WithUnit("{connection}"),
		metric.WithDescription("The maximum number of open connections allowed."))
	// database/sql has sums where the conventions have a histogram of wait times.
	p.waits, _ = m.Int64ObservableCounter("otel.db.client.connection.waits", metric.WithUnit("{wait}"),
		metric.WithDescription("The number of times that an operation waited for a connection."))
	p.waited, _ = m.Float64ObservableCounter("otel.db.client.connection.waited", metric.WithUnit("s"),
		metric.WithDescription("The time that operations waited for a connection."))
	return []metric.Observable{p.count, p.most, p.waits, p.waited}
}

func (p *pools) observe(_ context.Context, o metric.Observer) error {
	// Two pools of one name are told as one: their sum.
	sums := map[attribute.Set]sql.DBStats{}
	databases.Range(func(key, value any) bool {
		of, d := key.(*sql.DB), value.(*database)
		if d.wrapped || wovenClosed(of) {
			return true
		}
		name := attribute.NewSet(d.pool()...)
		stats, sum := of.Stats(), sums[name]
		sum.Idle += stats.Idle
		sum.InUse += stats.InUse
		sum.MaxOpenConnections += stats.MaxOpenConnections
		sum.WaitCount += stats.WaitCount
		sum.WaitDuration += stats.WaitDuration
		sums[name] = sum
		return true
	})
	for name, sum := range sums {
		with := metric.WithAttributeSet(name)
		o.ObserveInt64(p.count, int64(sum.Idle), with, metric.WithAttributes(poolState.String("idle")))
		o.ObserveInt64(p.count, int64(sum.InUse), with, metric.WithAttributes(poolState.String("used")))
		if sum.MaxOpenConnections > 0 {
			o.ObserveInt64(p.most, int64(sum.MaxOpenConnections), with)
		}
		o.ObserveInt64(p.waits, sum.WaitCount, with)
		o.ObserveFloat64(p.waited, sum.WaitDuration.Seconds(), with)
	}
	return nil
}

// pool describes a pool; its name is the database's.
func (d *database) pool() []attribute.KeyValue {
	name := d.target.Text()
	if name == "" {
		name = d.target.System
	}
	return append(d.target.Append(nil), poolName.String(name))
}
