// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/sqltext"
	"otel.runtime/hook"
)

// maxText bounds the texts of a batch, in bytes.
const maxText = 2048

// BeforeSendBatch begins the span of a batch.
func BeforeSendBatch(call *hook.Call, c *pgx.Conn, ctx *context.Context, b *pgx.Batch) {
	if r := took(*ctx); r != nil {
		r.describeBatch(c, b)
		call.SetData(r)
	} else if !skips(*ctx) {
		target, prepared := connOf(c)
		beginBatch(call, ctx, target, b, prepared)
	}
}

// beginBatch begins nothing for a batch without queries.
func beginBatch(call *hook.Call, ctx *context.Context, target db.Target, b *pgx.Batch, prepared statements) {
	if b == nil || len(b.QueuedQueries) == 0 {
		return
	}
	name, all := batchOf(&target, b.QueuedQueries, prepared)
	if r := begin(call, ctx, name, all); r != nil {
		r.isBatch = true
	}
}

// describeBatch says more of a batch on a pool, now that there is a connection.
func (r *running) describeBatch(c *pgx.Conn, b *pgx.Batch) {
	target, prepared := connOf(c)
	isNamed := func(q *pgx.QueuedQuery) bool { return prepared[q.SQL] != nil }
	if !r.hasServer || slices.ContainsFunc(b.QueuedQueries, isNamed) {
		name, all := batchOf(&target, b.QueuedQueries, prepared)
		r.span.Set(all...)
		r.span.Rename(name)
	}
}

// batchOf is how the span of a batch tells of it. What all queries have in common is
// told, and BATCH before the operation.
//
// https://opentelemetry.io/docs/specs/semconv/db/database-spans/
func batchOf(target *db.Target, queries []*pgx.QueuedQuery, prepared statements) (name string, all []attribute.KeyValue) {
	last := prepared.textOf(queries[0].SQL)
	if len(queries) == 1 {
		return sqltext.Operation(target, "", last)
	}
	first := sqltext.Describe(target.System, last)
	operation, collection, text := first.Operation, first.Collection, first.Text
	texts := first.Text
	for _, q := range queries[1:] {
		query := prepared.textOf(q.SQL)
		if query == last {
			continue // as in most batches
		}
		last = query
		s := sqltext.Describe(target.System, query)
		operation, collection, text = same(operation, s.Operation), same(collection, s.Collection), same(text, s.Text)
		if len(texts) <= maxText {
			texts += "; " + s.Text
			if len(texts) > maxText {
				texts += "; …"
			}
		}
	}
	if text == "" {
		text = texts
	}
	all = target.Append(make([]attribute.KeyValue, 0, 9))
	name = strings.TrimSuffix("BATCH "+operation, " ")
	all = append(all, db.OperationName.String(name), db.OperationBatchSize.Int(len(queries)))
	if text != "" {
		all = append(all, db.QueryText.String(text))
	}
	on := target.Text()
	if collection != "" {
		all = append(all, db.CollectionName.String(collection))
		on = collection
	}
	if on != "" {
		name += " " + on
	}
	return name, all
}

func same(x, y string) string {
	if x == y {
		return x
	}
	return ""
}

// AfterSendBatch leaves the end to that of the results.
func AfterSendBatch(call *hook.Call, results pgx.BatchResults) {
	r := dataOf(call)
	if r == nil {
		return
	}
	if _, panicked := call.Panic(); panicked || results == nil || isLost(r, results) {
		r.end(call, nil)
		return
	}
	r.goesOn(results)
}

// isLost reports whether results aren't known again: a tracer of the program may have
// given them another context.
func isLost(r *running, results any) bool {
	if WovenPipeline == nil || WovenBatch == nil {
		return true
	}
	ctx := WovenPipeline(results)
	if ctx == nil {
		ctx = WovenBatch(results)
	}
	if ctx == nil {
		return false // it is within others
	}
	mine, _ := of(ctx)
	return mine != r
}

// BeforePipelineClose, and BeforeBatchClose, find the batch that results are of.
func BeforePipelineClose(call *hook.Call, results any) {
	if !library.Off && WovenPipeline != nil {
		noteBatch(call, WovenPipeline(results))
	}
}

func BeforeBatchClose(call *hook.Call, results any) {
	if !library.Off && WovenBatch != nil {
		noteBatch(call, WovenBatch(results))
	}
}

func noteBatch(call *hook.Call, ctx context.Context) {
	if r, _ := of(ctx); r != nil && r.isBatch && r.rows != nil {
		call.SetData(r)
	}
}

// AfterBatchClose ends the batch.
func AfterBatchClose(call *hook.Call, err error) { end(call, err) }

// nameOf is a table's name.
func nameOf(table pgx.Identifier) string { return strings.Join(table, ".") }
