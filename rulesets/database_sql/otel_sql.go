// SPDX-License-Identifier: Apache-2.0

// Added to package database/sql: what otel.runtime/instrumentation/database_sql can't reach from
// outside, through function variables, by linkname.

package sql

import (
	"context"
	_ "unsafe" // for go:linkname
)

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

// otelConn is the database of a connection.
//
//go:linkname otelConn
var otelConn func(c *Conn) *DB = otelLoadConn

//go:linkname otelLoadConn
//go:noinline
func otelLoadConn(c *Conn) *DB { return c.db }

// otelStmt is the database and the text of a statement.
//
//go:linkname otelStmt
var otelStmt func(s *Stmt) (db *DB, query string) = otelLoadStmt

//go:linkname otelLoadStmt
//go:noinline
func otelLoadStmt(s *Stmt) (db *DB, query string) { return s.db, s.query }

// otelTx is the database of a transaction, the context that it was begun with,
// and whether it is over.
//
//go:linkname otelTx
var otelTx func(tx *Tx) (db *DB, ctx context.Context, done bool) = otelLoadTx

//go:linkname otelLoadTx
//go:noinline
func otelLoadTx(tx *Tx) (db *DB, ctx context.Context, done bool) {
	return tx.db, tx.ctx, tx.done.Load()
}
