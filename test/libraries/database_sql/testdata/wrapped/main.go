// SPDX-License-Identifier: Apache-2.0

// Drivers behind wrappers that log, trace or measure. There is no server: what is
// asked fails, and its spans say all the same which system it is for.
package main

import (
	"database/sql"
	"database/sql/driver"
	"fmt"

	"contrib.go.opencensus.io/integrations/ocsql"
	"github.com/go-sql-driver/mysql"
	"github.com/lib/pq"
	"github.com/luna-duclos/instrumentedsql"
	"github.com/ngrok/sqlmw"
	sqldblogger "github.com/simukti/sqldb-logger"
	"github.com/simukti/sqldb-logger/logadapter/zerologadapter"

	"github.com/rs/zerolog"
)

const dsn = "app:planted-secret-4711/x@tcp(127.0.0.1:1)/shop"

// own hides its driver behind a function.
type own struct{ open func(string) (driver.Conn, error) }

func (o own) Open(name string) (driver.Conn, error) { return o.open(name) }

// embedding has its driver as an embedded field of a field.
type embedding struct{ inner struct{ *mysql.MySQLDriver } }

func (e embedding) Open(name string) (driver.Conn, error) { return e.inner.Open(name) }

func main() {
	sql.Register("sqlmw", sqlmw.Driver(&mysql.MySQLDriver{}, sqlmw.NullInterceptor{}))
	sql.Register("ocsql", ocsql.Wrap(&mysql.MySQLDriver{}))
	sql.Register("instrumented", instrumentedsql.WrapDriver(&pq.Driver{}))
	sql.Register("twice", sqlmw.Driver(ocsql.Wrap(&mysql.MySQLDriver{}), sqlmw.NullInterceptor{}))
	sql.Register("own", own{mysql.MySQLDriver{}.Open})
	sql.Register("embedding", embedding{struct{ *mysql.MySQLDriver }{&mysql.MySQLDriver{}}})
	sql.Register("nameless", own{mysql.MySQLDriver{}.Open})
	open := func(name, dsn string) *sql.DB {
		db, err := sql.Open(name, dsn)
		if err != nil {
			panic(err)
		}
		return db
	}
	all := []struct {
		name string
		db   *sql.DB
	}{
		{"sqlmw", open("sqlmw", dsn)},
		{"ocsql", open("ocsql", dsn)},
		{"instrumented", open("instrumented", "postgres://app:planted-secret-4711@127.0.0.1:1/shop?sslmode=disable")},
		{"twice", open("twice", dsn)},
		{"own", open("own", dsn)},
		{"embedding", open("embedding", dsn)},
		{"nameless", open("nameless", "/")},
		{"logger", sqldblogger.OpenDriver(dsn, &mysql.MySQLDriver{}, zerologadapter.New(zerolog.Nop()))},
	}
	for _, one := range all {
		queries := []string{
			"SELECT * FROM users WHERE email = 'planted-secret-4711'",
			`SELECT * FROM users WHERE email = "planted-secret-4711"`,
			`SELECT * FROM users WHERE email = "planted-secret-4711" AND note = 'it\'s planted-secret-4711' # planted-secret-4711`,
		}
		if one.name == "instrumented" { // not MySQL
			queries = queries[:2]
		}
		for _, query := range queries {
			rows, err := one.db.Query(query)
			fmt.Println(one.name, rows == nil, err != nil)
		}
		one.db.Close()
	}
	fmt.Println("done")
}
