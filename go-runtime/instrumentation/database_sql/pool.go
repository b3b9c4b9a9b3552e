// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"database/sql"
	"unsafe"

	"otel.runtime/conventions/db"
)

// pools are the connection pools of all databases.
var pools = db.Pools{Scope: library.Scope, Each: eachPool}

func eachPool(yield func(uintptr, db.Target, db.PoolStats)) {
	databases.Range(func(key, value any) bool {
		of, d := key.(*sql.DB), value.(*database)
		if d.wrapped || wovenClosed(of) {
			return true
		}
		stats := of.Stats()
		yield(uintptr(unsafe.Pointer(of)), d.target, db.PoolStats{
			Idle: int64(stats.Idle), Used: int64(stats.InUse), Max: int64(stats.MaxOpenConnections),
			Waits: &stats.WaitCount, Waited: &stats.WaitDuration,
		})
		return true
	})
}
