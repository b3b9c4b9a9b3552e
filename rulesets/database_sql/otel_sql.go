// SPDX-License-Identifier: Apache-2.0

// Added to package database/sql: what otel.runtime/instrumentation/database_sql can't reach from
// outside, through function variables, by linkname.

package sql

import _ "unsafe" // for go:linkname

// otelDatabase is what db was opened with: the connector, and the data source
// name if the connector is no more than that.
//
//go:linkname otelDatabase
var otelDatabase func(db *DB) (connector any, name string) = otelLoadDatabase

//go:linkname otelLoadDatabase
//go:noinline
func otelLoadDatabase(db *DB) (connector any, name string) {
	if c, ok := db.connector.(dsnConnector); ok {
		return c, c.dsn
	}
	return db.connector, ""
}

// otelClosed reports whether db has been closed.
//
//go:linkname otelClosed
var otelClosed func(db *DB) bool = otelLoadClosed

//go:linkname otelLoadClosed
//go:noinline
func otelLoadClosed(db *DB) bool {
	db.mu.Lock()
	closed := db.closed
	db.mu.Unlock()
	return closed
}
