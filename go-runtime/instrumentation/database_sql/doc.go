// SPDX-License-Identifier: Apache-2.0

// Package databasesql has the hooks of database/sql: a CLIENT span for each
// operation on a DB, a Conn, a Tx or a Stmt. rulesets/database_sql says
// where each hook is called.
//
// The span of a query ends when the first row is there; reading the rows isn't
// part of it, unless OTEL_GO_SQL_ROWS=close has it end when they are closed.
// Commit and Rollback, which have no context, belong to the parent
// of the span of BEGIN. The text of a query has its literals replaced, and of
// the data source name only host, port and database are kept.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=database/sql leaves it alone. So are
// databases of a driver that another OpenTelemetry instrumentation wraps.
package databasesql
