// SPDX-License-Identifier: Apache-2.0

// Program shop uses pgx as programs do, one thing after the other, and prints what
// comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const secret = "planted-secret-4711"

var address = "postgres://postgres:" + secret + "@127.0.0.1:" + os.Getenv("PORT") + "/postgres"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// say prints what an error says that is the same in each run.
func say(what string, err error) {
	var answer *pgconn.PgError
	switch {
	case errors.As(err, &answer):
		fmt.Println(what, answer.Code)
	case errors.Is(err, context.DeadlineExceeded):
		fmt.Println(what, "deadline")
	case errors.Is(err, context.Canceled):
		fmt.Println(what, "canceled")
	case errors.Is(err, pgx.ErrNoRows):
		fmt.Println(what, "no rows")
	default:
		fmt.Println(what, err != nil)
	}
}

func main() {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, address)
	check(err)
	_, err = c.Exec(ctx, "create table users (id int primary key, name text)")
	check(err)
	serve("queries", func(ctx context.Context) { queries(ctx, c) })
	serve("failures", func(ctx context.Context) { failures(ctx, c) })
	serve("transactions", func(ctx context.Context) { transactions(ctx, c) })
	serve("batches", func(ctx context.Context) { batches(ctx, c) })
	serve("copies", func(ctx context.Context) { copies(ctx, c) })
	serve("tracers", tracers)
	check(c.Close(ctx))
	serve("pools", pools)
	serve("sql", beneathSQL)
	fmt.Println("done")
}

// serve does it for a request.
func serve(name string, do func(ctx context.Context)) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /"+name, func(_ http.ResponseWriter, r *http.Request) { do(r.Context()) })
	server := httptest.NewServer(mux)
	defer server.Close()
	response, err := http.Get(server.URL + "/" + name)
	check(err)
	check(response.Body.Close())
}

func queries(ctx context.Context, c *pgx.Conn) {
	_, err := c.Exec(ctx, "insert into users (id, name) values ($1, $2)", 1, secret)
	check(err)
	_, err = c.Exec(ctx, "insert into users (id, name) values (2, '"+secret+"')")
	check(err)
	rows, err := c.Query(ctx, "select id from users where name = $1 order by id", secret)
	check(err)
	for rows.Next() {
		var id int
		check(rows.Scan(&id))
		fmt.Println("id", id)
	}
	check(rows.Err())
	// Closed before it is at the end, and meanwhile nothing of it is current.
	rows, err = c.Query(ctx, "select id from users order by id desc")
	check(err)
	fmt.Println(rows.Next())
	d, err := pgx.Connect(ctx, address)
	check(err)
	check(d.Close(ctx))
	rows.Close()
	ids, err := pgx.CollectRows(must(c.Query(ctx, "select id from users order by id")), pgx.RowTo[int])
	fmt.Println(ids, err)
	var n int
	check(c.QueryRow(ctx, "select count(*) from users", pgx.QueryExecModeSimpleProtocol).Scan(&n))
	check(c.QueryRow(ctx, "select count(*) from users", pgx.QueryExecModeDescribeExec).Scan(&n))
	say("none:", c.QueryRow(ctx, "select id from users where id = @id", pgx.NamedArgs{"id": 77}).Scan(&n))
	for range 2 {
		_, err = c.Prepare(ctx, "by_id", "select name from users where id = $1")
		check(err)
	}
	var name string
	check(c.QueryRow(ctx, "by_id", 1).Scan(&name))
	_, err = c.Exec(ctx, "by_id", 2)
	check(err)
	fmt.Println(n, name == secret, c.Ping(ctx))
	_, err = c.Exec(ctx, "listen shop")
	check(err)
	_, err = c.Exec(ctx, "notify shop, '"+secret+"'")
	check(err)
	told, err := c.WaitForNotification(ctx)
	check(err)
	fmt.Println(told.Channel)
}

func must(rows pgx.Rows, err error) pgx.Rows {
	check(err)
	return rows
}

func failures(ctx context.Context, c *pgx.Conn) {
	_, err := c.Exec(ctx, "insert into users (id, name) values (1, '"+secret+"')")
	say("twice:", err)
	_, err = c.Query(ctx, "select x from nowhere where y = '"+secret+"'")
	say("no table:", err)
	var n int
	say("no function:", c.QueryRow(ctx, "select f()").Scan(&n))
	say("not a number:", c.QueryRow(ctx, "select $1::int", "x"+secret).Scan(&n))
	say("at the end:", c.QueryRow(ctx, "select 1 / (id - id) from users").Scan(&n))
	_, err = c.Exec(ctx, "select $1::int")
	say("arguments:", err)
	_, err = c.Prepare(ctx, "bad", "select from from")
	say("prepare:", err)

	over, cancel := context.WithCancel(ctx)
	cancel()
	_, err = c.Exec(over, "select 1")
	say("before:", err)
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	d, err := pgx.Connect(ctx, address)
	check(err)
	_, err = d.Exec(soon, "select pg_sleep(30)")
	say("late:", err)
	_, err = pgx.Connect(ctx, "postgres://postgres:"+secret+"@127.0.0.1:"+os.Getenv("CLOSED")+"/shop?sslmode=disable")
	say("nobody:", err)
}

func transactions(ctx context.Context, c *pgx.Conn) {
	tx, err := c.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable})
	check(err)
	_, err = tx.Exec(ctx, "update users set name = $1 where id = 1", "x")
	check(err)
	inner, err := tx.Begin(ctx)
	check(err)
	check(inner.Rollback(ctx))
	check(tx.Commit(ctx))
	say("over:", tx.Rollback(ctx))
	say("func:", pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "delete from users where name = 'x'")
		check(err)
		return errors.New("no")
	}))
}

func batches(ctx context.Context, c *pgx.Conn) {
	b := &pgx.Batch{}
	for i := range 3 {
		b.Queue("insert into users (id, name) values ($1, $2)", 10+i, secret)
	}
	check(c.SendBatch(ctx, b).Close())

	b = &pgx.Batch{}
	b.Queue("select name from users where id = $1", 1).QueryRow(func(row pgx.Row) error {
		var name string
		defer func() { fmt.Println(name) }()
		return row.Scan(&name)
	})
	b.Queue("select id from users order by id").Query(func(rows pgx.Rows) error {
		ids, err := pgx.CollectRows(rows, pgx.RowTo[int])
		fmt.Println(ids)
		return err
	})
	b.Queue("delete from users where id > 10 and name <> '" + secret + "x'")
	results := c.SendBatch(ctx, b)
	check(results.Close())
	check(results.Close())

	b = &pgx.Batch{}
	b.Queue("by_id", 1)
	results = c.SendBatch(ctx, b)
	rows, err := results.Query()
	check(err)
	fmt.Println(rows.Next())
	rows.Close()
	check(results.Close())

	b = &pgx.Batch{}
	b.Queue("insert into users (id, name) values ($1, $2)", 77, secret)
	b.Queue("insert into users (id, name) values ($1, $2)", 1, secret)
	results = c.SendBatch(ctx, b)
	_, err = results.Exec()
	check(err)
	_, err = results.Exec()
	say("batch:", err)
	say("batch:", results.Close())
	b = &pgx.Batch{}
	b.Queue("select from from")
	say("batch:", c.SendBatch(ctx, b).Close())
	fmt.Println("empty", c.SendBatch(ctx, &pgx.Batch{}).Close())

	config, err := pgx.ParseConfig(address)
	check(err)
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	d, err := pgx.ConnectConfig(ctx, config)
	check(err)
	b = &pgx.Batch{}
	b.Queue("select 1")
	b.Queue("select 2")
	check(d.SendBatch(ctx, b).Close())
	check(d.Close(ctx))
}

func copies(ctx context.Context, c *pgx.Conn) {
	n, err := c.CopyFrom(ctx, pgx.Identifier{"public", "users"}, []string{"id", "name"}, pgx.CopyFromRows([][]any{{100, secret}, {101, "y"}}))
	fmt.Println(n, err)
	// What asks for more on the way.
	d, err := pgx.Connect(ctx, address)
	check(err)
	id := 200
	n, err = c.CopyFrom(ctx, pgx.Identifier{"users"}, []string{"id", "name"}, pgx.CopyFromFunc(func() ([]any, error) {
		var name string
		if id++; id > 202 {
			return nil, nil
		}
		return []any{id, name}, d.QueryRow(ctx, "select name from users where id = 100").Scan(&name)
	}))
	fmt.Println(n, err, d.Close(ctx))
	_, err = c.CopyFrom(ctx, pgx.Identifier{"users"}, []string{"id", "name"}, pgx.CopyFromRows([][]any{{100, secret}}))
	say("copy:", err)
}
