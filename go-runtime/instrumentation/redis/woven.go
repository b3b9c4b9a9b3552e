// SPDX-License-Identifier: Apache-2.0

package redis

import "unsafe" // also for go:linkname

// woven is what rules add to a version of go-redis; nil where that isn't woven.
type woven struct {
	// server is what a client connects to: the address, and the index of the
	// database.
	server func(client any) (address string, database int)
	// pool is a client's connection pool, nil if it has none of its own, and how
	// many connections it may have.
	pool func(client any) (pool unsafe.Pointer, most int)
	// stats reads a pool.
	stats func(pool unsafe.Pointer) (idle, total, timeouts uint32)
}

var (
	// Server9 is set by the rule redis9_server.
	Server9 func(client any) (address string, database int)
	//go:linkname pool9 github.com/redis/go-redis/v9.otelPool
	pool9 func(client any) (pool unsafe.Pointer, most int)
	//go:linkname stats9 github.com/redis/go-redis/v9.otelPoolStats
	stats9 func(pool unsafe.Pointer) (idle, total, timeouts uint32)

	// Server8 is set by the rule redis8_server.
	Server8 func(client any) (address string, database int)
	//go:linkname pool8 github.com/go-redis/redis/v8.otelPool
	pool8 func(client any) (pool unsafe.Pointer, most int)
	//go:linkname stats8 github.com/go-redis/redis/v8.otelPoolStats
	stats8 func(pool unsafe.Pointer) (idle, total, timeouts uint32)

	v9 = woven{Server9, pool9, stats9}
	v8 = woven{Server8, pool8, stats8}
)
