// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/sqltext"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var library = db.New("otel.runtime/pgx", "pgx")

// runningKey is the key of a context for the operation that what has it is a part of.
// A nil one stands for what isn't traced.
type runningKey struct{}

// running is an operation that has begun. It is also the operation's context, by which
// rows and results, that end it, are told from others.
type running struct {
	context.Context            // with the span
	span                       *db.Span
	isBatch, isPool, hasServer bool
	isBegin                    bool // the text is that of an option, which a pool doesn't look at
	over                       atomic.Bool

	// Of an operation on a pool: how far it is, and why there is no connection.
	stage  atomic.Int32
	failed error
	// What ends the operation after the function that began it has returned.
	rows any
}

// Stages of an operation on a pool: of what is done with its context the first
// operation on the connection that it waits for is itself.
const (
	waiting = iota
	connected
	begun
)

func (r *running) Value(key any) any {
	if _, ours := key.(runningKey); ours {
		return r
	}
	return r.Context.Value(key)
}

// of is the operation that ctx is of. part may be true without one.
func of(ctx context.Context) (r *running, part bool) {
	if ctx == nil {
		return nil, false
	}
	r, part = ctx.Value(runningKey{}).(*running)
	return r, part
}

// skips reports whether an operation in ctx isn't one to tell of.
func skips(ctx context.Context) bool {
	if library.Off || ctx == nil || current.Suppressed() {
		return true
	}
	if _, part := of(ctx); part {
		return true
	}
	return current.Underway(trace.SpanKindClient, sqlScope)
}

// begin starts the span of an operation.
func begin(call *hook.Call, ctx *context.Context, name string, attributes []attribute.KeyValue) *running {
	with, span := db.Begin(*ctx, library, name, trace.SpanKindClient, attributes)
	if span == nil {
		return nil
	}
	r := &running{Context: with, span: span}
	*ctx = r
	call.SetData(r)
	return r
}

// beginOther is begin for an operation without a query.
func beginOther(call *hook.Call, ctx *context.Context, target db.Target, operation, collection string) {
	all := append(target.Append(make([]attribute.KeyValue, 0, 6)), db.OperationName.String(operation))
	name := target.Text()
	if collection != "" {
		all = append(all, db.CollectionName.String(collection))
		name = collection
	}
	if name != "" {
		operation += " " + name
	}
	begin(call, ctx, operation, all)
}

// beginQuery is begin for a query, or for what is done to it.
func beginQuery(call *hook.Call, ctx *context.Context, target db.Target, doing, query string) {
	name, all := sqltext.Operation(&target, doing, query)
	begin(call, ctx, name, all)
}

// took is the operation on a pool that one on the connection with the same context is,
// nil if it isn't.
func took(ctx context.Context) *running {
	if library.Off {
		return nil
	}
	if r, _ := of(ctx); r != nil && r.stage.CompareAndSwap(connected, begun) {
		return r
	}
	return nil
}

// end ends the span, if that hasn't been done.
func (r *running) end(call *hook.Call, err error) {
	if r.over.CompareAndSwap(false, true) {
		r.span.End(call, failureOf(err))
	}
}

// goesOn says that what is given ends the operation.
func (r *running) goesOn(rows any) {
	r.rows = rows
	r.span.Leave()
}

func dataOf(call *hook.Call) *running {
	r, _ := call.Data().(*running)
	return r
}

func end(call *hook.Call, err error) {
	if r := dataOf(call); r != nil {
		r.end(call, err)
	}
}

// endOfPool is the end of the function that began an operation on a pool: of the
// operation too, unless it goes on with rows or results.
func endOfPool(call *hook.Call) {
	if r := dataOf(call); r != nil && r.rows == nil {
		r.end(call, r.failed)
	}
}

// failureOf says what an error is without what it quotes.
func failureOf(err error) *db.Failure {
	var answer *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer) && answer.Code != "":
		return db.Answered(answer.Code)
	}
	return db.Failed(err)
}

// targetOf is the database that a configuration is for. Of several servers it isn't
// known which one it is.
func targetOf(config *pgx.ConnConfig) db.Target {
	target := db.Target{System: "postgresql"}
	if config == nil {
		return target
	}
	target.Namespace = config.Database
	for _, other := range config.Fallbacks {
		if other.Host != config.Host || other.Port != config.Port {
			return target
		}
	}
	target.Address = config.Host
	if !strings.HasPrefix(config.Host, "/") && !strings.HasPrefix(config.Host, "@") {
		target.Port = int(config.Port)
	}
	return target
}

// connOf is the database of a connection.
func connOf(c *pgx.Conn) (target db.Target, prepared statements) {
	if c == nil || WovenConn == nil {
		return targetOf(nil), nil
	}
	config, prepared := WovenConn(c)
	target = targetOf(config)
	if connected := c.PgConn(); target.Address == "" && connected != nil && connected.Conn() != nil {
		if address := connected.Conn().RemoteAddr(); address != nil {
			target.SetServer(address.String())
		}
	}
	return target, prepared
}

// statements are a connection's prepared statements, by their names.
type statements map[string]*pgconn.StatementDescription

// textOf is the text of a query, which may be the name of one of them.
func (s statements) textOf(query string) string {
	if statement := s[query]; statement != nil {
		return statement.SQL
	}
	return query
}
