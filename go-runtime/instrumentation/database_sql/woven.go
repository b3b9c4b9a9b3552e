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

//go:linkname wovenConn database/sql.otelConn
var wovenConn func(c *sql.Conn) *sql.DB

//go:linkname wovenStmt database/sql.otelStmt
var wovenStmt func(s *sql.Stmt) (db *sql.DB, query string)

//go:linkname wovenTx database/sql.otelTx
var wovenTx func(tx *sql.Tx) (db *sql.DB, ctx context.Context, done bool)
