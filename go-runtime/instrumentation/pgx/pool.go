// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"

	"otel.runtime/conventions/db"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/meter"
)

// poolOf is the database of a pool.
func poolOf(pool any) db.Target {
	if WovenPool == nil {
		return targetOf(nil)
	}
	return targetOf(WovenPool(pool))
}

// BeforeIdle says that connections which no operation waits for aren't traced.
func BeforeIdle(_ *hook.Call, _ any, ctx *context.Context, _ any) { untraced(ctx) }

func untraced(ctx *context.Context) {
	if *ctx != nil && !library.Off && !current.Off() {
		*ctx = context.WithValue(*ctx, runningKey{}, (*running)(nil))
	}
}

// BeforeAcquire begins the span of a connection that the program asks a pool for.
func BeforeAcquire(call *hook.Call, pool any, ctx *context.Context) {
	if r, _ := of(*ctx); r != nil && r.stage.Load() == waiting {
		call.SetData((*acquiring)(r))
	} else if !skips(*ctx) {
		beginOther(call, ctx, poolOf(pool), "CONNECT", "")
	}
}

// acquiring is an operation on a pool that waits for a connection.
type acquiring running

// AfterAcquire ends it; or has the operation that needs the connection go on.
func AfterAcquire(call *hook.Call, _ any, err error) {
	waits, ok := call.Data().(*acquiring)
	if !ok {
		end(call, err)
		return
	}
	r := (*running)(waits)
	if err != nil {
		r.failed = err
	} else if r.isPool {
		r.stage.Store(connected)
	}
}

// ofPool says that the operation which has begun is one on a pool.
func ofPool(call *hook.Call, pool any) *running {
	r := dataOf(call)
	if r != nil {
		r.isPool, r.hasServer = true, poolOf(pool).Address != ""
	}
	return r
}

// BeforePoolExec, and the hooks that follow, begin the span of an operation on a pool.
func BeforePoolExec(call *hook.Call, pool any, ctx *context.Context, query string, _ any) {
	if !skips(*ctx) {
		beginQuery(call, ctx, poolOf(pool), "", query)
		ofPool(call, pool)
	}
}

func BeforePoolQuery(call *hook.Call, pool any, ctx *context.Context, query string, _ any) {
	BeforePoolExec(call, pool, ctx, query, nil)
}

func BeforePoolSendBatch(call *hook.Call, pool any, ctx *context.Context, b *pgx.Batch) {
	if !skips(*ctx) {
		beginBatch(call, ctx, poolOf(pool), b, nil)
		ofPool(call, pool)
	}
}

func BeforePoolBegin(call *hook.Call, pool any, ctx *context.Context, _ any) {
	if !skips(*ctx) {
		beginQuery(call, ctx, poolOf(pool), "", "begin")
		if r := ofPool(call, pool); r != nil {
			r.isBegin = true
		}
	}
}

func BeforePoolCopy(call *hook.Call, pool any, ctx *context.Context, table pgx.Identifier, _, _ any) {
	if !skips(*ctx) {
		beginOther(call, ctx, poolOf(pool), "COPY", nameOf(table))
	}
}

func BeforePoolPing(call *hook.Call, pool any, ctx *context.Context) {
	if !skips(*ctx) {
		beginOther(call, ctx, poolOf(pool), "PING", "")
	}
}

// AfterPoolQuery, and the hooks that follow, end the span if there is nothing to read:
// no connection, most often.
func AfterPoolQuery(call *hook.Call, _ any, err error) {
	if r := dataOf(call); r != nil && r.rows == nil {
		r.end(call, err)
	}
}

func AfterPoolQueryRow(call *hook.Call, _ any)         { endOfPool(call) }
func AfterPoolSendBatch(call *hook.Call, _ any)        { endOfPool(call) }
func AfterPoolBegin(call *hook.Call, _ any, err error) { end(call, err) }
func AfterPoolPing(call *hook.Call, err error)         { end(call, err) }

var pools = db.Pools{Scope: library.Scope, Each: known.each}

// registry has the pools that aren't closed. One that nobody closes has a goroutine
// of its own, which holds it for ever.
type registry struct {
	mu  sync.Mutex
	all map[any]uintptr // *pgxpool.Pool to a number of its own
	ids uintptr
}

var known registry

// AfterNewPool notes a pool, if somebody collects.
func AfterNewPool(_ *hook.Call, pool any, err error) {
	if err != nil || pool == nil || library.Off || WovenStat == nil || !meter.Provided() {
		return
	}
	known.add(pool)
	pools.Observe() // not under the lock: each is called under one of the SDK's
}

func (r *registry) add(pool any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drop()
	if r.all == nil {
		r.all = map[any]uintptr{}
	}
	r.ids++
	r.all[pool] = r.ids
}

// drop forgets the pools that are closed.
func (r *registry) drop() {
	for pool := range r.all {
		if _, _, _, _, _, _, closed := WovenStat(pool); isClosed(closed) {
			delete(r.all, pool)
		}
	}
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return c == nil
	}
}

// each reads the pools.
func (r *registry) each(yield func(uintptr, db.Target, db.PoolStats)) {
	r.mu.Lock()
	r.drop()
	all := make(map[any]uintptr, len(r.all))
	for pool, id := range r.all {
		all[pool] = id
	}
	r.mu.Unlock()
	for pool, id := range all {
		idle, used, most, waits, canceled, waited, _ := WovenStat(pool)
		yield(id, poolOf(pool), db.PoolStats{
			Idle: int64(idle), Used: int64(used), Max: int64(most), Waits: &waits, Timeouts: &canceled, Waited: &waited,
		})
	}
}
