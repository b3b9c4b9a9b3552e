// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"database/sql"
	"sync"

	"otel.runtime/conventions/db"
	"otel.runtime/hook"
	"otel.runtime/internal/environ"
)

// untilClose is whether the span of a query goes on until its rows are closed.
var untilClose = environ.Get("OTEL_GO_SQL_ROWS") == "close"

// open has the spans of rows that aren't closed: of *sql.Rows to *db.Span. Rows
// that a program forgets hold a connection, and its span.
var open sync.Map

func keepUntilClose(call *hook.Call, rows *sql.Rows) {
	if span, ok := call.Data().(*db.Span); ok {
		span.Leave()
		open.Store(rows, span)
	}
}

func endRows(rows *sql.Rows) {
	if span, ok := open.LoadAndDelete(rows); ok {
		span.(*db.Span).End(nil, FailureOf(rows.Err()))
	}
}
