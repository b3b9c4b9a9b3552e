// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"

	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/switches"
)

// sqlScope is what the hooks of database/sql are known by.
const sqlScope = "otel.runtime/databasesql"

// sqlOff is whether these are switched off: then pgx has the spans.
var sqlOff = switches.Off("database/sql", "databasesql", "sql")

// beneath says that what is done with ctx is an operation of database/sql. Most often
// its span tells that.
func beneath(ctx *context.Context) {
	if !sqlOff && !library.Off && !current.Underway(trace.SpanKindClient, sqlScope) {
		untraced(ctx)
	}
}

// BeforeSQL, and the hooks that follow, are called before the methods by which
// database/sql uses pgx.
func BeforeSQL(_ *hook.Call, _ any, ctx *context.Context, _, _ any) { beneath(ctx) }

func BeforeSQLPrepare(_ *hook.Call, _ any, ctx *context.Context, _ any) { beneath(ctx) }

// BeforeSQLBegin has a context that commit and rollback have too, when another span
// or none is current.
func BeforeSQLBegin(_ *hook.Call, _ any, ctx *context.Context, _ any) {
	if !sqlOff {
		untraced(ctx)
	}
}

func BeforeSQLConnect(_ *hook.Call, _ any, ctx *context.Context) { beneath(ctx) }
