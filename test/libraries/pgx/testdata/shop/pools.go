// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"
)

func pools(ctx context.Context) {
	config, err := pgxpool.ParseConfig(address + "?pool_max_conns=2")
	check(err)
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Prepare(ctx, "by_id", "select name from users where id = $1")
		return err
	}
	config.BeforeAcquire = func(ctx context.Context, c *pgx.Conn) bool {
		var n int
		return c.QueryRow(ctx, "select 1").Scan(&n) == nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	check(err)
	check(pool.Ping(ctx))
	_, err = pool.Exec(ctx, "insert into users (id, name) values ($1, $2)", 500, secret)
	check(err)
	rows, err := pool.Query(ctx, "select id from users where id > 99 order by id")
	check(err)
	for rows.Next() {
		var id int
		check(rows.Scan(&id))
		fmt.Println("id", id)
	}
	check(rows.Err())
	var n int
	check(pool.QueryRow(ctx, "select count(*) from users").Scan(&n))
	say("no rows:", pool.QueryRow(ctx, "select id from users where id = 1000").Scan(&n))
	say("no table:", pool.QueryRow(ctx, "select id from nowhere").Scan(&n))
	_, err = pool.Query(ctx, "select x from nowhere")
	say("no table:", err)
	b := &pgx.Batch{}
	b.Queue("update users set name = 'x' where id = 500")
	b.Queue("update users set name = 'y' where id = 501")
	check(pool.SendBatch(ctx, b).Close())
	b = &pgx.Batch{}
	b.Queue("by_id", 500)
	check(pool.SendBatch(ctx, b).Close())
	_, err = pool.Exec(ctx, "by_id", 500)
	check(err)
	copied, err := pool.CopyFrom(ctx, pgx.Identifier{"users"}, []string{"id", "name"}, pgx.CopyFromRows([][]any{{600, secret}}))
	fmt.Println(n, copied, err)
	tx, err := pool.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly})
	check(err)
	check(tx.QueryRow(ctx, "select count(*) from users").Scan(&n))
	check(tx.Rollback(ctx))

	// All are in use.
	one, err := pool.Acquire(ctx)
	check(err)
	_, err = one.Exec(ctx, "select 1")
	check(err)
	two, err := pool.Acquire(ctx)
	check(err)
	soon, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	_, err = pool.Acquire(soon)
	say("acquire:", err)
	_, err = pool.Exec(soon, "select 1")
	say("exec:", err)
	_, err = pool.Query(soon, "select 1")
	say("query:", err)
	say("row:", pool.QueryRow(soon, "select 1").Scan(&n))
	_, err = pool.Begin(soon)
	say("begin:", err)
	b = &pgx.Batch{}
	b.Queue("select 1")
	say("batch:", pool.SendBatch(soon, b).Close())
	one.Release()
	two.Release()

	none, err := pgxpool.New(ctx, "postgres://postgres:"+secret+"@127.0.0.1:"+os.Getenv("CLOSED")+"/shop?sslmode=disable")
	check(err)
	say("nobody:", none.QueryRow(ctx, "select 1").Scan(&n))
	none.Close()
	statistics = pool // open at the end, when it is read for metrics
}

var statistics *pgxpool.Pool

func beneathSQL(ctx context.Context) {
	db, err := sql.Open("pgx", address)
	check(err)
	db.SetMaxOpenConns(1)
	check(db.PingContext(ctx))
	rows, err := db.QueryContext(ctx, "select id from users where id = $1", 500)
	check(err)
	for rows.Next() {
		var id int
		check(rows.Scan(&id))
		fmt.Println("id", id)
	}
	check(rows.Err())
	tx, err := db.BeginTx(ctx, nil)
	check(err)
	_, err = tx.ExecContext(ctx, "update users set name = $1 where id = 500", secret)
	check(err)
	check(tx.Commit())
	statement, err := db.PrepareContext(ctx, "select name from users where id = $1")
	check(err)
	var name string
	check(statement.QueryRowContext(ctx, 500).Scan(&name))
	check(statement.Close())
	// The program's own use of a connection beneath.
	conn, err := db.Conn(ctx)
	check(err)
	check(conn.Raw(func(driver any) error {
		return driver.(interface{ Conn() *pgx.Conn }).Conn().QueryRow(ctx, "select name from users where id = 600").Scan(&name)
	}))
	check(conn.Close())
	check(db.Close())
	fmt.Println(name == secret)
}
