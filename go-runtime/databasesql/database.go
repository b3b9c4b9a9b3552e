// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"database/sql"
	"reflect"
	"strings"
	"sync"

	"otel.runtime/db"
)

// database is what is known of a sql.DB. Not changed once it is in the map.
type database struct {
	target  db.Target
	wrapped bool // by another instrumentation, whose spans are enough
}

// databases has those that aren't closed: *sql.DB to *database. A DB that is
// never closed is never collected either, as a goroutine of its own holds it.
var databases sync.Map

func noteOpened(opened *sql.DB, name string) {
	databases.Store(opened, describeDatabase(opened, name))
}

func databaseOf(of *sql.DB) *database {
	if known, ok := databases.Load(of); ok {
		return known.(*database)
	}
	d := describeDatabase(of, "")
	if !wovenClosed(of) {
		databases.Store(of, d)
	}
	return d
}

func describeDatabase(of *sql.DB, name string) *database {
	connector, dsn := wovenDatabase(of)
	if dsn != "" {
		name = dsn
	}
	path := packageOf(of.Driver())
	d := &database{target: db.Target{System: systemOf(path)}, wrapped: isInstrumentation(path) || isInstrumentation(packageOf(connector))}
	if name == "" || !readName(&d.target, name) {
		readConnector(&d.target, connector)
	}
	return d
}

// packageOf is the import path of a value's type.
func packageOf(value any) string {
	t := reflect.TypeOf(value)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return ""
	}
	return t.PkgPath()
}

// isInstrumentation knows the packages that wrap drivers to trace them.
func isInstrumentation(path string) bool {
	for _, known := range []string{
		"github.com/XSAM/otelsql",
		"github.com/uptrace/opentelemetry-go-extra/otelsql",
		"github.com/uptrace/opentelemetry-go-extra/otelsqlx",
		"github.com/nhatthm/otelsql",
		"go.nhat.io/otelsql",
	} {
		if path == known || strings.HasPrefix(path, known+"/") {
			return true
		}
	}
	return false
}

// systemOf is db.system.name for the driver in package path.
func systemOf(path string) string {
	for _, known := range systems {
		if path == known.path || strings.HasPrefix(path, known.path+"/") {
			return known.name
		}
	}
	return "other_sql"
}

var systems = []struct{ path, name string }{
	{"github.com/lib/pq", "postgresql"},
	{"github.com/jackc/pgx", "postgresql"},
	{"cloud.google.com/go/cloudsqlconn/postgres", "postgresql"},
	{"cloud.google.com/go/cloudsqlconn/mysql", "mysql"},
	{"github.com/go-sql-driver/mysql", "mysql"},
	{"github.com/go-mysql-org/go-mysql", "mysql"},
	{"github.com/ziutek/mymysql", "mysql"},
	{"modernc.org/sqlite", "sqlite"},
	{"github.com/glebarez/go-sqlite", "sqlite"},
	{"github.com/mattn/go-sqlite3", "sqlite"},
	{"github.com/ncruces/go-sqlite3", "sqlite"},
	{"zombiezen.com/go/sqlite", "sqlite"},
	{"github.com/microsoft/go-mssqldb", "microsoft.sql_server"},
	{"github.com/denisenkom/go-mssqldb", "microsoft.sql_server"},
	{"github.com/ClickHouse/clickhouse-go", "clickhouse"},
	{"github.com/mailru/go-clickhouse", "clickhouse"},
	{"github.com/sijms/go-ora", "oracle.db"},
	{"github.com/godror/godror", "oracle.db"},
	{"github.com/mattn/go-oci8", "oracle.db"},
	{"github.com/trinodb/trino-go-client", "trino"},
	{"github.com/SAP/go-hdb", "sap.hana"},
	{"github.com/nakagami/firebirdsql", "firebirdsql"},
	{"github.com/googleapis/go-sql-spanner", "gcp.spanner"},
	{"github.com/ibmdb/go_ibm_db", "ibm.db2"},
}
