// SPDX-License-Identifier: Apache-2.0

// A program that does with a database what programs do, in a handler.
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"
)

const secret = "planted-secret-4711"

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/shop":
			shop(r.Context())
		case "/edges":
			edges(r.Context())
		}
	}))
	defer server.Close()
	for _, path := range []string{"/shop", "/edges"} {
		resp, err := http.Get(server.URL + path)
		check(err)
		resp.Body.Close()
	}
	concurrent()
	fmt.Println("done")
}

func check(err error) {
	if err != nil {
		fmt.Println("unexpected:", err)
		os.Exit(1)
	}
}

// tell prints an error so that it is the same in each run.
func tell(what string, err error) {
	text := fmt.Sprint(err)
	for _, name := range []string{"PORT", "CLOSED"} {
		if port := os.Getenv(name); port != "" {
			text = strings.ReplaceAll(text, ":"+port, ":"+name)
		}
	}
	fmt.Println(what+":", text, errors.Is(err, context.Canceled), errors.Is(err, sql.ErrNoRows), errors.Is(err, sql.ErrTxDone))
}

func shop(ctx context.Context) {
	db := open()
	defer db.Close()
	db.SetMaxOpenConns(4)
	check(db.PingContext(ctx))
	_, err := db.ExecContext(ctx, "CREATE TABLE users (id INT PRIMARY KEY, name VARCHAR(80))")
	check(err)
	_, err = db.ExecContext(ctx, "INSERT INTO users (id, name) VALUES (1, '"+secret+"')")
	check(err)
	_, err = db.Exec("INSERT INTO users (id, name) VALUES ("+mark(1)+", "+mark(2)+")", 2, secret)
	check(err)

	rows, err := db.QueryContext(ctx, "SELECT id, name FROM users WHERE name = '"+secret+"' ORDER BY id")
	check(err)
	for rows.Next() {
		var id int
		var name string
		check(rows.Scan(&id, &name))
		fmt.Println(id, name)
	}
	check(rows.Err())
	check(rows.Close())

	var name string
	tell("no rows", db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = 99").Scan(&name))

	stmt, err := db.PrepareContext(ctx, "SELECT name FROM users WHERE id = "+mark(1))
	check(err)
	check(stmt.QueryRowContext(ctx, 1).Scan(&name))
	check(stmt.QueryRow(2).Scan(&name))
	check(stmt.Close())

	tx, err := db.BeginTx(ctx, nil)
	check(err)
	_, err = tx.ExecContext(ctx, "UPDATE users SET name = 'x' WHERE id = 1")
	check(err)
	inTx, err := tx.Prepare("DELETE FROM users WHERE id = " + mark(1))
	check(err)
	_, err = inTx.Exec(2)
	check(err)
	check(tx.QueryRow("SELECT count(*) FROM users").Scan(new(int)))
	check(tx.Commit())
	tell("rollback after commit", tx.Rollback())

	tx, err = db.Begin()
	check(err)
	_, err = tx.Exec("UPDATE users SET name = 'y'")
	check(err)
	check(tx.Rollback())
	tell("commit after rollback", tx.Commit())

	conn, err := db.Conn(ctx)
	check(err)
	check(conn.PingContext(ctx))
	_, err = conn.ExecContext(ctx, "UPDATE users SET name = 'z' WHERE id = 1")
	check(err)
	check(conn.QueryRowContext(ctx, "SELECT name FROM users WHERE id = 1").Scan(&name))
	tx, err = conn.BeginTx(ctx, nil)
	check(err)
	check(tx.Commit())
	check(conn.Close())
	fmt.Println(name)
}

func edges(ctx context.Context) {
	db := open()
	_, err := db.ExecContext(ctx, "SELECT '"+secret+"' FROM nowhere")
	fmt.Println("no table:", err != nil)
	_, err = db.ExecContext(ctx, "INSERT INTO users (id, name) VALUES (1, '"+secret+"')")
	fmt.Println("twice:", err != nil)

	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = db.QueryContext(cancelled, "SELECT 1")
	tell("cancelled", err)

	late, cancel := context.WithDeadline(ctx, time.Now().Add(-time.Second))
	_, err = db.QueryContext(late, "SELECT 1")
	cancel()
	tell("too late", err)
	var size int
	check(db.QueryRowContext(ctx, "SELECT length('"+strings.Repeat("x", 1<<19)+"')").Scan(&size))
	fmt.Println("big:", size)

	// The end of the context rolls the transaction back.
	scoped, cancel := context.WithCancel(ctx)
	tx, err := db.BeginTx(scoped, nil)
	check(err)
	cancel()
	time.Sleep(300 * time.Millisecond)
	tell("commit after the context's end", tx.Commit())

	func() {
		// database/sql keeps a lock then: nobody can close this one.
		broken := open()
		defer func() { fmt.Println("nil context:", recover() != nil) }()
		broken.PingContext(nil)
	}()
	check(db.Close())
	_, err = db.ExecContext(ctx, "SELECT 1")
	tell("closed", err)

	if refused := openRefused(); refused != nil {
		tell("refused", refused.PingContext(ctx))
		refused.Close()
	}
}

// concurrent uses one database, and a statement of it, from many goroutines.
func concurrent() {
	db := open()
	defer db.Close()
	db.SetMaxOpenConns(4)
	stmt, err := db.Prepare("SELECT name FROM users WHERE id = " + mark(1))
	check(err)
	defer stmt.Close()
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for j := 0; j < 5; j++ {
				var name string
				check(stmt.QueryRow(1).Scan(&name))
			}
		}()
	}
	all.Wait()
}
