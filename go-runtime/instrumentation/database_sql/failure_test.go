// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"otel.runtime/conventions/db"
)

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
		{numbered{1}, &db.Failure{Type: "otel.runtime/instrumentation/database_sql.numbered"}},
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
		if v := structOf(reflect.ValueOf(test.connector)); v.IsValid() {
			readConnector(&got, v)
		}
		if got != test.want {
			t.Errorf("%T: got %+v, want %+v", test.connector, got, test.want)
		}
	}
}
