// SPDX-License-Identifier: Apache-2.0

package goredis

import (
	"maps"
	"sync"
	"sync/atomic"
	"unsafe"
	"weak"

	"otel.runtime/db"
	"otel.runtime/hook"
)

var pools = db.Pools{Scope: "otel.runtime/goredis", Each: known.each}

// registry is the connection pools that aren't closed, by their address. It
// doesn't hold them: a client that nobody closes is collected as it would be.
type registry struct {
	mu  sync.Mutex // for writing
	all atomic.Pointer[map[uintptr]*pooled]
}

var known registry

// pooled is a connection pool. Not changed once it is in the registry.
type pooled struct {
	pool   weak.Pointer[byte] // to the beginning of a *pool.ConnPool
	target db.Target
	most   int
	read   func(pool unsafe.Pointer) (idle, total, timeouts uint32)
}

func (r *registry) change(by func(map[uintptr]*pooled)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := map[uintptr]*pooled{}
	if all := r.all.Load(); all != nil {
		maps.Copy(next, *all)
	}
	by(next)
	r.all.Store(&next)
}

// note adds the pool of a client, if it has one of its own that isn't known.
func (r *registry) note(w *woven, client any, target db.Target) {
	if w.pool == nil {
		return
	}
	pool, most := w.pool(client)
	if pool == nil {
		return
	}
	if all := r.all.Load(); all != nil && (*all)[uintptr(pool)] != nil {
		return
	}
	p := &pooled{weak.Make((*byte)(pool)), target, most, w.stats}
	r.change(func(all map[uintptr]*pooled) { all[uintptr(pool)] = p })
	pools.Observe()
}

func (r *registry) forget(pool unsafe.Pointer) {
	if all := r.all.Load(); all != nil && (*all)[uintptr(pool)] != nil {
		r.change(func(all map[uintptr]*pooled) { delete(all, uintptr(pool)) })
	}
}

// each reads the pools, and drops those that have been collected: another may
// have their address by then, and is noted with its next operation.
func (r *registry) each(yield func(db.Target, db.PoolStats)) {
	all := r.all.Load()
	if all == nil {
		return
	}
	collected := false
	for _, p := range *all {
		pool := p.pool.Value()
		if pool == nil {
			collected = true
			continue
		}
		idle, total, timeouts := p.read(unsafe.Pointer(pool))
		used, expired := int64(total)-int64(idle), int64(timeouts)
		if used < 0 {
			used = 0 // one was put back between the two
		}
		yield(p.target, db.PoolStats{Idle: int64(idle), Used: used, Max: int64(p.most), Timeouts: &expired})
	}
	if collected {
		r.change(func(all map[uintptr]*pooled) {
			maps.DeleteFunc(all, func(_ uintptr, p *pooled) bool { return p.pool.Value() == nil })
		})
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
