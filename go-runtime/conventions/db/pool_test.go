// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"testing"
	"time"

	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/telemetry/meter"
)

// What is counted never goes down, whatever becomes of the pools that count.
func TestPoolsCountOn(t *testing.T) {
	reader := sdkmetric.NewManualReader()
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	meter.Provide = func() metric.MeterProvider { return provider }
	t.Cleanup(func() { meter.Provide = nil })

	shop, store := Target{System: "redis", Address: "shop"}, Target{System: "redis", Address: "store"}
	type pool struct {
		at     uintptr
		of     Target
		counts int64
	}
	var open []pool
	pools := Pools{Scope: meter.Scope{Name: "test"}, Each: func(yield func(uintptr, Target, PoolStats)) {
		for _, p := range open {
			waited := time.Duration(p.counts) * time.Second
			yield(p.at, p.of, PoolStats{Idle: 1, Waits: &p.counts, Timeouts: &p.counts, Waited: &waited})
		}
	}}
	pools.Observe()

	for _, step := range []struct {
		name        string
		open        []pool
		shop, store int64
		idle        int64 // of shop
	}{
		{"two of one name", []pool{{1, shop, 10}, {2, shop, 5}, {3, store, 1}}, 15, 1, 2},
		{"one is closed", []pool{{2, shop, 6}, {3, store, 1}}, 16, 1, 1},
		{"another of the name is opened", []pool{{2, shop, 6}, {3, store, 1}, {4, shop, 2}}, 18, 1, 2},
		{"another is at the address of one", []pool{{2, shop, 1}, {3, store, 1}, {4, shop, 2}}, 19, 1, 2},
		{"one of another name is", []pool{{2, store, 3}, {3, store, 1}, {4, shop, 2}}, 19, 4, 1},
		{"the last is another", []pool{{2, store, 3}, {3, store, 1}, {5, shop, 0}}, 19, 4, 1},
	} {
		open = step.open
		got := collect(t, reader)
		for what, want := range map[string]float64{
			"db.client.connection.timeouts shop": float64(step.shop), "db.client.connection.timeouts store": float64(step.store),
			"otel.db.client.connection.waits shop": float64(step.shop), "otel.db.client.connection.waited store": float64(step.store),
			"db.client.connection.count shop idle": float64(step.idle),
		} {
			if n, ok := got[what]; !ok || n != want {
				t.Errorf("%s: %s is %v, want %v", step.name, what, n, want)
			}
		}
	}
}

// collect returns values by name of the metric, pool and state.
func collect(t *testing.T, reader sdkmetric.Reader) map[string]float64 {
	t.Helper()
	var all metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			switch data := m.Data.(type) {
			case metricdata.Sum[int64]:
				add(values, m.Name, data)
			case metricdata.Sum[float64]:
				add(values, m.Name, data)
			}
		}
	}
	return values
}

func add[N int64 | float64](values map[string]float64, name string, data metricdata.Sum[N]) {
	for _, p := range data.DataPoints {
		pool, _ := p.Attributes.Value(poolName)
		of := name + " " + pool.AsString()
		if state, ok := p.Attributes.Value(poolState); ok {
			of += " " + state.AsString()
		}
		values[of] = float64(p.Value)
	}
}
