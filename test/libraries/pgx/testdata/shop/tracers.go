// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// tracer is the program's own. One that is lost forgets the context that it is given.
type tracer struct {
	lost   bool
	counts [4]int
}

func (t *tracer) next(ctx context.Context, what int) context.Context {
	t.counts[what]++
	if t.lost {
		return context.Background()
	}
	return context.WithValue(ctx, tracer{}, what)
}

func (t *tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return t.next(ctx, 0)
}

func (t *tracer) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) {
	t.counts[1]++
}

func (t *tracer) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return t.next(ctx, 2)
}

func (t *tracer) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (t *tracer) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) { t.counts[3]++ }

// tracers has tracers of the program's.
func tracers(ctx context.Context) {
	for _, t := range []*tracer{{}, {lost: true}} {
		config, err := pgx.ParseConfig(address)
		check(err)
		config.Tracer = t
		c, err := pgx.ConnectConfig(ctx, config)
		check(err)
		_, err = c.Exec(ctx, "select 1")
		check(err)
		ids, err := pgx.CollectRows(must(c.Query(ctx, "select id from users order by id limit 1")), pgx.RowTo[int])
		fmt.Println(ids, err)
		b := &pgx.Batch{}
		b.Queue("select id from users")
		b.Queue("select name from users")
		check(c.SendBatch(ctx, b).Close())
		fmt.Println(t.counts, c.Config().Tracer == t)
		check(c.Close(ctx))
	}
}
