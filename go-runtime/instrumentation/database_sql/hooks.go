// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"otel.runtime/hook"
)

// AfterOpen notes what name says of the database.
func AfterOpen(_ *hook.Call, _ any, name string, opened *sql.DB, err error) {
	if err == nil && opened != nil && wovenDatabase != nil {
		noteOpened(opened, name)
	}
}

// AfterClose forgets the database.
func AfterClose(_ *hook.Call, closed *sql.DB, _ any) { databases.Delete(closed) }

// BeforeDBQuery, and the hooks that follow, begin the span of an operation. It
// is current until the operation returns.
func BeforeDBQuery(call *hook.Call, db *sql.DB, ctx *context.Context, query string, _ any) {
	beginQuery(call, db, ctx, "", query)
}

func BeforeDBExec(call *hook.Call, db *sql.DB, ctx *context.Context, query string, _ any) {
	beginQuery(call, db, ctx, "", query)
}

func BeforeDBPrepare(call *hook.Call, db *sql.DB, ctx *context.Context, query string) {
	beginQuery(call, db, ctx, "PREPARE", query)
}

func BeforeDBPing(call *hook.Call, db *sql.DB, ctx *context.Context) { begin(call, db, ctx, "PING") }
func BeforeDBConn(call *hook.Call, db *sql.DB, ctx *context.Context) { begin(call, db, ctx, "CONNECT") }

func BeforeDBBegin(call *hook.Call, db *sql.DB, ctx *context.Context, _ any) {
	beginTx(call, db, ctx)
}

func BeforeConnQuery(call *hook.Call, c *sql.Conn, ctx *context.Context, query string, _ any) {
	beginQuery(call, dbOfConn(c), ctx, "", query)
}

func BeforeConnExec(call *hook.Call, c *sql.Conn, ctx *context.Context, query string, _ any) {
	beginQuery(call, dbOfConn(c), ctx, "", query)
}

func BeforeConnPrepare(call *hook.Call, c *sql.Conn, ctx *context.Context, query string) {
	beginQuery(call, dbOfConn(c), ctx, "PREPARE", query)
}

func BeforeConnPing(call *hook.Call, c *sql.Conn, ctx *context.Context) {
	begin(call, dbOfConn(c), ctx, "PING")
}

func BeforeConnBegin(call *hook.Call, c *sql.Conn, ctx *context.Context, _ any) {
	beginTx(call, dbOfConn(c), ctx)
}

func BeforeTxQuery(call *hook.Call, tx *sql.Tx, ctx *context.Context, query string, _ any) {
	beginQuery(call, dbOfTx(tx), ctx, "", query)
}

func BeforeTxExec(call *hook.Call, tx *sql.Tx, ctx *context.Context, query string, _ any) {
	beginQuery(call, dbOfTx(tx), ctx, "", query)
}

func BeforeTxPrepare(call *hook.Call, tx *sql.Tx, ctx *context.Context, query string) {
	beginQuery(call, dbOfTx(tx), ctx, "PREPARE", query)
}

func BeforeStmtQuery(call *hook.Call, s *sql.Stmt, ctx *context.Context, _ any) {
	beginStmt(call, s, ctx)
}

func BeforeStmtExec(call *hook.Call, s *sql.Stmt, ctx *context.Context, _ any) {
	beginStmt(call, s, ctx)
}

// BeforeCommit begins no span for a transaction that is over: nothing will be
// sent.
func BeforeCommit(call *hook.Call, tx *sql.Tx) { endTx(call, tx, "COMMIT") }

// BeforeRollback is that of the method which Rollback calls. database/sql itself
// calls it too, at the end of each transaction's context.
func BeforeRollback(call *hook.Call, tx *sql.Tx, _ any) { endTx(call, tx, "ROLLBACK") }

// AfterQuery ends the span of a query, or leaves that to AfterRowsClose.
func AfterQuery(call *hook.Call, rows *sql.Rows, err error) {
	if untilClose && rows != nil && err == nil {
		keepUntilClose(call, rows)
		return
	}
	end(call, err)
}

// AfterRowsClose ends the span of the query that the rows are of, if it has been
// kept for that.
func AfterRowsClose(_ *hook.Call, rows *sql.Rows, _, _ any) {
	if untilClose {
		endRows(rows)
	}
}

// AfterExec, and the hooks that follow, end the span.
func AfterExec(call *hook.Call, _ any, err error)    { end(call, err) }
func AfterPrepare(call *hook.Call, _ any, err error) { end(call, err) }
func AfterBegin(call *hook.Call, _ any, err error)   { end(call, err) }
func AfterConn(call *hook.Call, _ any, err error)    { end(call, err) }
func AfterPing(call *hook.Call, err error)           { end(call, err) }
func AfterCommit(call *hook.Call, err error)         { end(call, err) }

// AfterRollback ends the span. driver.ErrBadConn says that the connection is
// thrown away, and the transaction with it.
func AfterRollback(call *hook.Call, _ any, discard bool, err error) {
	if discard || errors.Is(err, driver.ErrBadConn) {
		err = nil
	}
	end(call, err)
}
