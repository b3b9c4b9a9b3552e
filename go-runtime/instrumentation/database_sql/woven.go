// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"
	_ "unsafe" // for go:linkname
)

// These are in the file that is added to database/sql; nil where that isn't
// woven.

//go:linkname wovenDatabase database/sql.otelDatabase
var wovenDatabase func(db *sql.DB) (connector any, name string)

//go:linkname wovenClosed database/sql.otelClosed
var wovenClosed func(db *sql.DB) bool

// WovenConn is the database of a connection. This and the next are set by rules
// of kind accessor.
var WovenConn func(c *sql.Conn) *sql.DB

// WovenStmt is the database and the text of a statement.
var WovenStmt func(s *sql.Stmt) (db *sql.DB, query string)

// WovenTx is the database of a transaction, the context that it was begun with,
// and whether it is over.
var WovenTx func(tx *sql.Tx) (db *sql.DB, ctx context.Context, done bool)
