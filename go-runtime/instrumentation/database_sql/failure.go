// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"otel.runtime/conventions/db"
)

var fixedErrors = []struct {
	err  error
	name string
}{
	{sql.ErrConnDone, "database/sql.ErrConnDone"},
	{sql.ErrTxDone, "database/sql.ErrTxDone"},
	{driver.ErrBadConn, "database/sql/driver.ErrBadConn"},
}

// FailureOf says what an error is without what it quotes: an answer of the
// server by its code, anything else by its type. nil for no failure.
func FailureOf(err error) *db.Failure {
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if code := codeIn(err); code != "" {
		return db.Answered(code)
	}
	for _, fixed := range fixedErrors {
		if errors.Is(err, fixed.err) {
			return db.FailedAs(fixed.name, fixed.err)
		}
	}
	if err.Error() == "sql: database is closed" { // not exported
		return db.FailedAs("database/sql.errDBClosed", err)
	}
	return db.Failed(err)
}

// codeIn is the code of the first error that has one, of err and those that it
// wraps.
func codeIn(err error) string {
	if err == nil {
		return ""
	}
	if code := codeOf(err); code != "" {
		return code
	}
	switch wrapping := err.(type) {
	case interface{ Unwrap() error }:
		return codeIn(wrapping.Unwrap())
	case interface{ Unwrap() []error }:
		for _, e := range wrapping.Unwrap() {
			if code := codeIn(e); code != "" {
				return code
			}
		}
	}
	return ""
}

// codeOf is the code that a driver's error has from the server, by what the
// drivers have in common: SQLState (PostgreSQL's), SQLErrorNumber (SQL Server's),
// Code (SQLite's), or a field Number (MySQL's) or ExtendedCode (cgo SQLite's).
func codeOf(err error) string {
	switch e := err.(type) {
	case interface{ SQLState() string }:
		return e.SQLState()
	case interface{ SQLErrorNumber() int32 }:
		return strconv.Itoa(int(e.SQLErrorNumber()))
	case interface{ Code() int }:
		return strconv.Itoa(e.Code())
	}
	v := reflect.ValueOf(err)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return ""
	}
	path := v.Type().PkgPath()
	if strings.HasSuffix(path, "/mysql") {
		if f := v.FieldByName("Number"); f.IsValid() && f.CanUint() {
			return strconv.FormatUint(f.Uint(), 10)
		}
	}
	if strings.HasSuffix(path, "sqlite3") {
		for _, name := range []string{"ExtendedCode", "Code"} {
			if f := v.FieldByName(name); f.IsValid() && f.CanInt() && f.Int() != 0 {
				return strconv.FormatInt(f.Int(), 10)
			}
		}
	}
	return ""
}
