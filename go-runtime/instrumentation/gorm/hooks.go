// SPDX-License-Identifier: Apache-2.0

package gorm

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/db"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation/database_sql"
)

// These are in the file that is added to gorm; nil where that isn't woven.

//go:linkname wovenBefore gorm.io/gorm.otelBefore
var wovenBefore func(processor, db any) (operation, dialect string, ctx context.Context, ok bool)

//go:linkname wovenSetContext gorm.io/gorm.otelSetContext
var wovenSetContext func(db any, expected, next context.Context)

//go:linkname wovenAfter gorm.io/gorm.otelAfter
var wovenAfter func(db any) (table string, err error)

var library = db.New("otel.runtime/gormdb", "gorm", "gormdb")

// systems are values of db.system.name, by the names of gorm's dialects.
var systems = map[string]string{
	"postgres": "postgresql", "mysql": "mysql", "sqlite": "sqlite", "sqlite3": "sqlite", "sqlserver": "microsoft.sql_server",
	"clickhouse": "clickhouse", "oracle": "oracle.db", "spanner": "gcp.spanner",
}

// execution is one operation, from the before to the after hook.
type execution struct {
	span         *db.Span
	operation    string
	on           any // the *gorm.DB
	before, with context.Context
}

// BeforeExecute begins the span of an operation and lets its statements have it.
func BeforeExecute(call *hook.Call, processor, on any) {
	if library.Off || wovenBefore == nil || current.Suppressed() {
		return
	}
	operation, dialect, ctx, ok := wovenBefore(processor, on)
	if !ok {
		return
	}
	system, known := systems[dialect]
	if !known {
		system = "other_sql"
	}
	attributes := []attribute.KeyValue{db.SystemName.String(system), db.OperationName.String(operation)}
	with, span := db.Begin(ctx, library, operation, trace.SpanKindInternal, attributes)
	if span == nil {
		return
	}
	if ctx != nil {
		wovenSetContext(on, ctx, with)
	}
	call.SetData(&execution{span, operation, on, ctx, with})
}

// AfterExecute ends it. The table wasn't known before the model was looked at.
func AfterExecute(call *hook.Call, result any) {
	e, ok := call.Data().(*execution)
	if !ok {
		return
	}
	if e.before != nil {
		wovenSetContext(e.on, e.with, e.before)
	}
	table, err := wovenAfter(result)
	if table != "" {
		e.span.Set(db.CollectionName.String(table))
		e.span.Rename(e.operation + " " + table)
	}
	e.span.End(call, databasesql.FailureOf(err))
}
