// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/sqltext"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var library = db.New("otel.runtime/databasesql", "database/sql", "databasesql", "sql")

// beganIn is the key of a transaction's context for the context that BeginTx
// was called with.
type beganIn struct{}

func traced(of *sql.DB) (target *db.Target) {
	if library.Off || of == nil || wovenDatabase == nil || current.Suppressed() {
		return nil
	}
	d := databaseOf(of)
	if d.wrapped {
		return nil
	}
	pools.Observe()
	return &d.target
}

// start begins a span and lets the rest of the operation have it in its
// context. A nil context stays nil: what it leads to is the program's.
func start(call *hook.Call, ctx *context.Context, name string, attributes []attribute.KeyValue) {
	with, span := db.Begin(*ctx, library, name, trace.SpanKindClient, attributes)
	if span == nil {
		return
	}
	if *ctx != nil {
		*ctx = with
	}
	call.SetData(span)
}

// begin is for an operation without a query.
func begin(call *hook.Call, of *sql.DB, ctx *context.Context, operation string) {
	if target := traced(of); target != nil {
		start(call, ctx, named(operation, target), attributesOf(operation, target))
	}
}

func named(operation string, target *db.Target) string {
	if text := target.Text(); text != "" {
		return operation + " " + text
	}
	return operation
}

func attributesOf(operation string, target *db.Target) []attribute.KeyValue {
	return append(target.Append(make([]attribute.KeyValue, 0, 5)), db.OperationName.String(operation))
}

// beginQuery is for query, or for what is done to it, such as PREPARE.
func beginQuery(call *hook.Call, of *sql.DB, ctx *context.Context, doing, query string) {
	target := traced(of)
	if target == nil {
		return
	}
	name, all := sqltext.Operation(target, doing, query)
	start(call, ctx, name, all)
}

func beginStmt(call *hook.Call, s *sql.Stmt, ctx *context.Context) {
	if s != nil && WovenStmt != nil {
		of, query := WovenStmt(s)
		beginQuery(call, of, ctx, "", query)
	}
}

// beginTx also keeps the caller's context within the transaction's.
func beginTx(call *hook.Call, of *sql.DB, ctx *context.Context) {
	parent := current.Context(*ctx)
	begin(call, of, ctx, "BEGIN")
	if call.Data() != nil && *ctx != nil && parent != nil {
		*ctx = context.WithValue(*ctx, beganIn{}, parent)
	}
}

func endTx(call *hook.Call, tx *sql.Tx, operation string) {
	if tx == nil || WovenTx == nil {
		return
	}
	of, ctx, done := WovenTx(tx)
	if done {
		return
	}
	if parent, ok := ctx.Value(beganIn{}).(context.Context); ok {
		ctx = parent
	}
	begin(call, of, &ctx, operation)
}

func dbOfConn(c *sql.Conn) *sql.DB {
	if c == nil || WovenConn == nil {
		return nil
	}
	return WovenConn(c)
}

func dbOfTx(tx *sql.Tx) *sql.DB {
	if tx == nil || WovenTx == nil {
		return nil
	}
	of, _, _ := WovenTx(tx)
	return of
}

func end(call *hook.Call, err error) {
	if span, ok := call.Data().(*db.Span); ok {
		span.End(call, FailureOf(err))
	}
}
