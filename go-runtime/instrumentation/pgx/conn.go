// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"

	"github.com/jackc/pgx/v5"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/db/sqltext"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// BeforeConnect begins the span of a connection that the program makes.
func BeforeConnect(call *hook.Call, ctx *context.Context, config *pgx.ConnConfig) {
	if !skips(*ctx) {
		beginOther(call, ctx, targetOf(config), "CONNECT", "")
	}
}

// AfterConnect ends it.
func AfterConnect(call *hook.Call, _ any, err error) { end(call, err) }

// BeforeExec begins the span of a statement without rows.
func BeforeExec(call *hook.Call, c *pgx.Conn, ctx *context.Context, query string, _ any) {
	if r := took(*ctx); r != nil {
		r.describe(c, query)
	} else if !skips(*ctx) {
		target, prepared := connOf(c)
		beginQuery(call, ctx, target, "", prepared.textOf(query))
	}
}

// AfterExec ends it.
func AfterExec(call *hook.Call, _ any, err error) { end(call, err) }

// BeforeQuery begins the span of a query.
func BeforeQuery(call *hook.Call, c *pgx.Conn, ctx *context.Context, query string, _ any) {
	if r := took(*ctx); r != nil {
		r.describe(c, query)
		call.SetData(r)
	} else if !skips(*ctx) {
		target, prepared := connOf(c)
		beginQuery(call, ctx, target, "", prepared.textOf(query))
	}
}

// describe says more of an operation on a pool, now that there is a connection.
func (r *running) describe(c *pgx.Conn, query string) {
	target, prepared := connOf(c)
	if text := prepared.textOf(query); text != query || r.isBegin || !r.hasServer {
		name, all := sqltext.Operation(&target, "", text)
		r.span.Set(all...)
		r.span.Rename(name)
	}
}

// AfterQuery ends it if there are no rows, or if these aren't known again: a tracer of
// the program may have given them another context.
func AfterQuery(call *hook.Call, rows pgx.Rows, err error) {
	r := dataOf(call)
	if r == nil {
		return
	}
	if err != nil || rows == nil || WovenRows == nil {
		r.end(call, err)
		return
	}
	ctx, closed := WovenRows(rows)
	if mine, _ := of(ctx); mine != r || closed {
		r.end(call, rows.Err())
		return
	}
	r.goesOn(rows)
}

// BeforeRowsClose finds the query that rows are of: those of a batch, or of what a
// callback asks for within an operation, end none.
func BeforeRowsClose(call *hook.Call, rows any) {
	if library.Off || WovenRows == nil {
		return
	}
	ctx, closed := WovenRows(rows)
	if closed {
		return
	}
	if r, _ := of(ctx); r != nil && r.rows == rows {
		call.SetData(r)
	}
}

// AfterRowsClose ends the query.
func AfterRowsClose(call *hook.Call, rows any) {
	if r := dataOf(call); r != nil {
		r.end(call, rows.(pgx.Rows).Err())
	}
}

// BeforePrepare begins the span of a statement that the program prepares, unless it
// already has been prepared. What a query prepares by itself is also known by its span,
// where a tracer of the program has given it another context.
func BeforePrepare(call *hook.Call, c *pgx.Conn, ctx *context.Context, name, query string) {
	if skips(*ctx) || current.Underway(trace.SpanKindClient, library.Name()) {
		return
	}
	target, prepared := connOf(c)
	if known := prepared[name]; name != "" && known != nil && known.SQL == query {
		return
	}
	beginQuery(call, ctx, target, "PREPARE", query)
}

// AfterPrepare ends it.
func AfterPrepare(call *hook.Call, _ any, err error) { end(call, err) }

// BeforeCopy begins the span of rows that are copied.
func BeforeCopy(call *hook.Call, copying any, ctx *context.Context) {
	if skips(*ctx) || WovenCopy == nil {
		return
	}
	c, table := WovenCopy(copying)
	target, _ := connOf(c)
	beginOther(call, ctx, target, "COPY", nameOf(table))
}

// AfterCopy ends it.
func AfterCopy(call *hook.Call, _ any, err error) { end(call, err) }
