// SPDX-License-Identifier: Apache-2.0

// Added to go-redis v8: its connection pools.

package redis

import (
	"unsafe" // also for go:linkname

	"github.com/go-redis/redis/v8/internal/pool"
)

// otelPool is the connection pool of a *baseClient, nil if it has none of its
// own, and how many connections it may have.
//
//go:linkname otelPool
var otelPool func(c interface{}) (of unsafe.Pointer, most int) = otelLoadPool

//go:linkname otelLoadPool
//go:noinline
func otelLoadPool(c interface{}) (of unsafe.Pointer, most int) {
	client, ok := c.(*baseClient)
	if !ok || client == nil || client.opt == nil {
		return nil, 0
	}
	own, ok := client.connPool.(*pool.ConnPool)
	if !ok {
		return nil, 0
	}
	return unsafe.Pointer(own), client.opt.PoolSize
}

// otelPoolStats reads a *pool.ConnPool.
//
//go:linkname otelPoolStats
var otelPoolStats func(of unsafe.Pointer) (idle, total, timeouts uint32) = otelReadPool

//go:linkname otelReadPool
//go:noinline
func otelReadPool(of unsafe.Pointer) (idle, total, timeouts uint32) {
	stats := (*pool.ConnPool)(of).Stats()
	return stats.IdleConns, stats.TotalConns, stats.Timeouts
}
