// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"testing"

	"otel.runtime/db"
)

func TestReadNameKeepsServerAndDatabaseOnly(t *testing.T) {
	tests := []struct {
		system, name, namespace, address string
		port                             int
	}{
		{"postgresql", "postgres://u:secret@db.example.com:6543/shop?sslmode=disable&password=secret", "shop", "db.example.com", 6543},
		{"postgresql", "postgresql://u:secret@[::1]/shop", "shop", "::1", 5432},
		{"postgresql", "postgres:///shop?host=/run/postgresql&password=secret", "shop", "/run/postgresql", 0},
		{"postgresql", "postgres://u:secret@a,b:5433/shop", "shop", "", 0},
		{"postgresql", `host=db user='u' password='a b\'secret' dbname = shop port=1`, "shop", "db", 1},
		{"postgresql", "user=u password=secret", "", "", 0},
		{"mysql", "u:secret@tcp(db:3307)/shop?timeout=1s&x=secret/", "shop", "db", 3307},
		{"mysql", "u:se@c/ret?@tcp(db)/shop", "shop", "db", 3306},
		{"mysql", "u:secret@unix(/run/mysql.sock)/shop", "shop", "/run/mysql.sock", 0},
		{"mysql", "u:secret@tcp([::1]:3306)/", "", "::1", 3306},
		{"mysql", "/shop", "shop", "127.0.0.1", 3306},
		{"sqlite", "file:/data/shop.db?_pragma=key('secret')", "/data/shop.db", "", 0},
		{"sqlite", ":memory:", ":memory:", "", 0},
		{"microsoft.sql_server", "sqlserver://u:secret@db:1434/instance?database=shop", "instance|shop", "db", 1434},
		{"microsoft.sql_server", "server=db;user id=u;password=secret;database=shop", "shop", "db", 1433},
		{"clickhouse", "clickhouse://u:secret@db/shop", "shop", "db", 9000},
		{"other_sql", "whatever:secret", "", "", 0},
		{"postgresql", "postgres://u:secret@host:port/%zz", "", "", 0},
	}
	for _, test := range tests {
		target := db.Target{System: test.system}
		readName(&target, test.name)
		want := db.Target{System: test.system, Namespace: test.namespace, Address: test.address, Port: test.port}
		if target != want {
			t.Errorf("%s: %s\n got %+v\nwant %+v", test.system, test.name, target, want)
		}
		if strings.Contains(fmt.Sprint(target), "secret") {
			t.Errorf("%s: the secret is in %+v", test.name, target)
		}
	}
}

type numbered struct{ Number uint16 }

func (numbered) Error() string { return "secret" }

type sqlState struct{}

func (*sqlState) Error() string    { return "secret" }
func (*sqlState) SQLState() string { return "23505" }

func TestFailureTellsNoMessageOfAServer(t *testing.T) {
	tests := []struct {
		err  error
		want *db.Failure
	}{
		{nil, nil},
		{sql.ErrNoRows, nil},
		{fmt.Errorf("secret: %w", &sqlState{}), &db.Failure{Type: "23505", Code: "23505"}},
		{errors.Join(errors.New("secret"), fmt.Errorf("secret: %w", &sqlState{})), &db.Failure{Type: "23505", Code: "23505"}},
		{errors.New("secret"), &db.Failure{Type: "*errors.errorString"}},
		{numbered{1}, &db.Failure{Type: "otel.runtime/databasesql.numbered"}},
		{fmt.Errorf("secret: %w", context.Canceled), &db.Failure{Type: "context.Canceled", Description: "context canceled"}},
		{fmt.Errorf("secret: %w", driver.ErrBadConn), &db.Failure{Type: "database/sql/driver.ErrBadConn", Description: "driver: bad connection"}},
	}
	for _, test := range tests {
		got := FailureOf(test.err)
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("%v: got %+v, want %+v", test.err, got, test.want)
		}
	}
}

type connectorOfPQ struct {
	opts map[string]string
}

type connectorOfMySQL struct {
	cfg *struct{ User, Passwd, Net, Addr, DBName string }
}

type connectorOfPgx struct {
	ConnConfig struct {
		Host     string
		Port     uint16
		Password string
		Database string
	}
}

func TestReadConnector(t *testing.T) {
	pgx := connectorOfPgx{}
	pgx.ConnConfig.Host, pgx.ConnConfig.Port, pgx.ConnConfig.Password, pgx.ConnConfig.Database = "db", 5433, "secret", "shop"
	tests := []struct {
		system    string
		connector any
		want      db.Target
	}{
		{"postgresql", &connectorOfPQ{map[string]string{"host": "db", "port": "5433", "dbname": "shop", "password": "secret"}},
			db.Target{System: "postgresql", Namespace: "shop", Address: "db", Port: 5433}},
		{"mysql", &connectorOfMySQL{&struct{ User, Passwd, Net, Addr, DBName string }{"u", "secret", "tcp", "db:3306", "shop"}},
			db.Target{System: "mysql", Namespace: "shop", Address: "db", Port: 3306}},
		{"mysql", &connectorOfMySQL{}, db.Target{System: "mysql"}},
		{"postgresql", pgx, db.Target{System: "postgresql", Namespace: "shop", Address: "db", Port: 5433}},
		{"other_sql", nil, db.Target{System: "other_sql"}},
		{"other_sql", 1, db.Target{System: "other_sql"}},
	}
	for _, test := range tests {
		got := db.Target{System: test.system}
		readConnector(&got, test.connector)
		if got != test.want {
			t.Errorf("%T: got %+v, want %+v", test.connector, got, test.want)
		}
	}
}
