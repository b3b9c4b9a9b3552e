// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"runtime"
	"testing"
	"unsafe"

	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"otel.runtime/conventions/db"
	"otel.runtime/telemetry/meter"
)

// fakePool stands for a *pool.ConnPool, fakeClient for a *baseClient.
type fakePool struct {
	idle, total, timeouts uint32
	_                     [4]*int // so that it isn't packed with others
}

type fakeClient struct{ pool *fakePool }

var fakes = woven{
	pool: func(client any) (unsafe.Pointer, int) { return unsafe.Pointer(client.(*fakeClient).pool), 10 },
	stats: func(pool unsafe.Pointer) (idle, total, timeouts uint32) {
		p := (*fakePool)(pool)
		return p.idle, p.total, p.timeouts
	},
}

// collecting lets the test's registry be filled.
func collecting(t *testing.T) {
	provider := sdkmetric.NewMeterProvider()
	meter.Provide = func() metric.MeterProvider { return provider }
	t.Cleanup(func() { meter.Provide = nil })
}

func (r *registry) list() (all []db.PoolStats) {
	r.each(func(_ uintptr, _ db.Target, stats db.PoolStats) { all = append(all, stats) })
	return all
}

func TestPoolIsReadTillItIsClosed(t *testing.T) {
	collecting(t)
	var r registry
	client := &fakeClient{&fakePool{idle: 1, total: 3, timeouts: 2}}
	for range 2 {
		r.note(&fakes, client, db.Target{System: "redis"})
	}
	r.note(&fakes, &fakeClient{}, db.Target{}) // a connection of a pool
	all := r.list()
	if len(all) != 1 || all[0].Idle != 1 || all[0].Used != 2 || all[0].Max != 10 || *all[0].Timeouts != 2 {
		t.Errorf("%+v", all)
	}
	if n := testing.AllocsPerRun(100, func() { r.note(&fakes, client, db.Target{}) }); n != 0 {
		t.Errorf("%v allocations for a pool that is known", n)
	}
	r.forget(unsafe.Pointer(client.pool))
	if all := r.list(); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	runtime.KeepAlive(client)
}

func TestPoolThatNobodyClosesIsCollected(t *testing.T) {
	collecting(t)
	var r registry
	kept := &fakeClient{&fakePool{idle: 1, total: 1}}
	r.note(&fakes, kept, db.Target{})
	for range 100 {
		r.note(&fakes, &fakeClient{&fakePool{}}, db.Target{})
	}
	runtime.GC()
	if all := r.list(); len(all) != 1 || all[0].Idle != 1 {
		t.Errorf("%d pools", len(all))
	}
	if n := len(r.all); n != 1 {
		t.Errorf("%d entries", n)
	}
	runtime.KeepAlive(kept)
}

// Clients that come and go leave nothing behind, though nobody reads the pools.
func TestRegistryIsBounded(t *testing.T) {
	var r registry
	r.note(&fakes, &fakeClient{&fakePool{}}, db.Target{})
	if len(r.all) != 0 {
		t.Error("noted, though nobody collects")
	}
	collecting(t)
	var others []*fakePool // that take the addresses which become free
	for range 100 {
		for range 100 {
			r.note(&fakes, &fakeClient{&fakePool{}}, db.Target{})
		}
		runtime.GC()
		for range 200 {
			others = append(others, &fakePool{})
		}
	}
	runtime.KeepAlive(others)
	if n := len(r.all); n > 300 {
		t.Errorf("%d entries", n)
	}
}
