// SPDX-License-Identifier: Apache-2.0

package redigo

import (
	"maps"
	"sync"
	"unsafe"
	"weak"

	"github.com/gomodule/redigo/redis"

	"otel.runtime/conventions/db"
	"otel.runtime/hook"
	"otel.runtime/telemetry/meter"
)

var pools = db.Pools{Scope: library.Scope, Each: known.each}

// registry has the pools that have connected and aren't closed. It doesn't hold them.
type registry struct {
	mu   sync.RWMutex
	all  map[weak.Pointer[redis.Pool]]db.Target
	tidy int // how many there were when those that are gone were dropped last
}

var known registry

// AfterPoolDial notes a pool, if somebody collects.
func AfterPoolDial(_ *hook.Call, pool *redis.Pool, _ any, conn redis.Conn, err error) {
	if err != nil || conn == nil || pool == nil || library.Off || !meter.Provided() {
		return
	}
	s := of(conn)
	if s == nil || known.has(pool) {
		return
	}
	s.mu.Lock()
	target := s.target
	s.mu.Unlock()
	known.add(pool, target)
	pools.Observe() // not under the lock: each is called under one of the SDK's
}

func (r *registry) has(pool *redis.Pool) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, there := r.all[weak.Make(pool)]
	return there
}

func (r *registry) add(pool *redis.Pool, target db.Target) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = map[weak.Pointer[redis.Pool]]db.Target{}
	}
	if len(r.all) > 2*r.tidy+16 {
		r.drop()
	}
	r.all[weak.Make(pool)] = target
}

// drop drops the pools that have been collected.
func (r *registry) drop() {
	maps.DeleteFunc(r.all, func(pool weak.Pointer[redis.Pool], _ db.Target) bool { return pool.Value() == nil })
	r.tidy = len(r.all)
}

// BeforePoolClose forgets a pool.
func BeforePoolClose(_ *hook.Call, pool *redis.Pool) {
	if pool == nil || !known.has(pool) {
		return
	}
	known.mu.Lock()
	defer known.mu.Unlock()
	delete(known.all, weak.Make(pool))
}

// each reads the pools.
func (r *registry) each(yield func(uintptr, db.Target, db.PoolStats)) {
	r.mu.Lock()
	r.drop()
	all := maps.Clone(r.all)
	r.mu.Unlock()
	for at, target := range all {
		pool := at.Value()
		if pool == nil {
			continue
		}
		stats := pool.Stats()
		yield(uintptr(unsafe.Pointer(pool)), target, db.PoolStats{
			Idle: int64(stats.IdleCount), Used: int64(max(0, stats.ActiveCount-stats.IdleCount)), Max: int64(pool.MaxActive),
			Waits: &stats.WaitCount, Waited: &stats.WaitDuration,
		})
	}
}
