// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"maps"
	"sync"
	"unsafe"
	"weak"

	"otel.runtime/conventions/db"
	"otel.runtime/hook"
	"otel.runtime/telemetry/meter"
)

var pools = db.Pools{Scope: library.Scope, Each: known.each}

// registry is the connection pools that aren't closed, by their address. It
// doesn't hold them: a client that nobody closes is collected as it would be.
type registry struct {
	mu   sync.RWMutex
	all  map[uintptr]pooled
	tidy int // how many there were when those that are gone were dropped last
}

var known registry

// pooled is a connection pool.
type pooled struct {
	pool   weak.Pointer[byte] // to the beginning of a *pool.ConnPool
	target db.Target
	most   int
	read   func(pool unsafe.Pointer) (idle, total, timeouts uint32)
}

func (r *registry) has(pool unsafe.Pointer) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, there := r.all[uintptr(pool)]
	return there
}

// note adds the pool of a client, if it has one of its own that isn't known, and
// somebody collects.
func (r *registry) note(w *woven, client any, target db.Target) {
	if w.pool == nil || !meter.Provided() {
		return
	}
	pool, most := w.pool(client)
	if pool == nil || r.has(pool) {
		return
	}
	r.add(uintptr(pool), pooled{weak.Make((*byte)(pool)), target, most, w.stats})
	pools.Observe() // not under the lock: each is called under one of the SDK's
}

func (r *registry) add(at uintptr, p pooled) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = map[uintptr]pooled{}
	}
	if len(r.all) > 2*r.tidy+16 {
		r.drop()
	}
	r.all[at] = p
}

// drop drops the pools that have been collected. Another may have the address of
// one by then: it is noted with its next operation.
func (r *registry) drop() {
	maps.DeleteFunc(r.all, func(_ uintptr, p pooled) bool { return p.pool.Value() == nil })
	r.tidy = len(r.all)
}

func (r *registry) forget(pool unsafe.Pointer) {
	if !r.has(pool) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.all, uintptr(pool))
}

// each reads the pools.
func (r *registry) each(yield func(uintptr, db.Target, db.PoolStats)) {
	r.mu.Lock()
	r.drop()
	all := make([]pooled, 0, len(r.all))
	for _, p := range r.all {
		all = append(all, p)
	}
	r.mu.Unlock()
	for _, p := range all {
		pool := p.pool.Value()
		if pool == nil {
			continue
		}
		idle, total, timeouts := p.read(unsafe.Pointer(pool))
		used, expired := int64(total)-int64(idle), int64(timeouts)
		if used < 0 {
			used = 0 // one was put back between the two
		}
		yield(uintptr(unsafe.Pointer(pool)), p.target, db.PoolStats{Idle: int64(idle), Used: used, Max: int64(p.most), Timeouts: &expired})
	}
}

// BeforeClose forgets the pool of a client that is closed.
func BeforeClose(_ *hook.Call, client any) { forget(&v9, client) }

// BeforeClose8 is BeforeClose for v8.
func BeforeClose8(_ *hook.Call, client any) { forget(&v8, client) }

func forget(w *woven, client any) {
	if w.pool == nil {
		return
	}
	if pool, _ := w.pool(client); pool != nil {
		known.forget(pool)
	}
}
