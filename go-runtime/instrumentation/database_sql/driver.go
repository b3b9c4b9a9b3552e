// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"strings"

	"otel.runtime/conventions/db"
)

// reader takes server and database from a data source name, as a driver does. It
// returns false for a name that the driver wouldn't take, or whose parts can be
// told apart in more than one way: what is read then may be a password.
type reader func(target *db.Target, name string) bool

// aDriver is what is known of the driver in a package.
type aDriver struct {
	path   string
	system string // db.system.name
	read   reader // nil: names of its data sources aren't looked at
}

var drivers = []aDriver{
	{"github.com/lib/pq", "postgresql", readPostgres},
	{"github.com/jackc/pgx", "postgresql", readPostgres},
	{"cloud.google.com/go/cloudsqlconn/postgres", "postgresql", readPostgres},
	{"gorm.io/driver/postgres", "postgresql", readPostgres},
	{"github.com/cockroachdb/cockroach-go", "cockroachdb", readPostgres},
	{"cloud.google.com/go/cloudsqlconn/mysql", "mysql", readMySQL},
	{"github.com/go-sql-driver/mysql", "mysql", readMySQL},
	{"github.com/go-mysql-org/go-mysql", "mysql", nil},
	{"github.com/ziutek/mymysql", "mysql", nil}, // database/user/password
	{"modernc.org/sqlite", "sqlite", readPath},
	{"github.com/glebarez/go-sqlite", "sqlite", readPath},
	{"github.com/mattn/go-sqlite3", "sqlite", readPath},
	{"github.com/mutecomm/go-sqlcipher", "sqlite", readPath},
	{"github.com/ncruces/go-sqlite3", "sqlite", readPath},
	{"zombiezen.com/go/sqlite", "sqlite", readPath},
	{"github.com/tursodatabase", "sqlite", readHost},
	{"github.com/microsoft/go-mssqldb", "microsoft.sql_server", readSQLServer},
	{"github.com/denisenkom/go-mssqldb", "microsoft.sql_server", readSQLServer},
	{"github.com/ClickHouse/clickhouse-go", "clickhouse", readURL},
	{"github.com/mailru/go-clickhouse", "clickhouse", readURL},
	{"github.com/sijms/go-ora", "oracle.db", readURL},
	{"github.com/godror/godror", "oracle.db", nil}, // user/password@service, or what looks like it
	{"github.com/mattn/go-oci8", "oracle.db", nil},
	{"github.com/trinodb/trino-go-client", "trino", readHost},
	{"github.com/prestodb/presto-go-client", "presto", readHost},
	{"github.com/SAP/go-hdb", "sap.hana", readHost},
	{"github.com/nakagami/firebirdsql", "firebirdsql", readFirebird},
	{"github.com/googleapis/go-sql-spanner", "gcp.spanner", readSpanner},
	{"gorm.io/driver/bigquery", "gcp.bigquery", nil},
	{"github.com/ibmdb/go_ibm_db", "ibm.db2", readDB2},
	{"github.com/snowflakedb/gosnowflake", "snowflake", readSnowflake},
	{"github.com/databricks/databricks-sql-go", "databricks", readHost},
	{"github.com/vertica/vertica-sql-go", "vertica", readURL},
	{"github.com/marcboeker/go-duckdb", "duckdb", readPath},
	{"github.com/duckdb/duckdb-go", "duckdb", readPath},
}

const unknownSystem = "other_sql"

// driverIn is the driver in package path, or one that nothing is known of.
func driverIn(path string) (aDriver, bool) {
	for _, known := range drivers {
		if path == known.path || strings.HasPrefix(path, known.path+"/") {
			return known, true
		}
	}
	return aDriver{system: unknownSystem}, false
}

// driverOfName is for a driver that isn't known: the beginning of the data source
// name may say whose it is.
func driverOfName(name string) aDriver {
	for prefix, path := range map[string]string{
		"postgres://": "github.com/lib/pq", "postgresql://": "github.com/lib/pq", "sqlserver://": "github.com/microsoft/go-mssqldb",
		"clickhouse://": "github.com/ClickHouse/clickhouse-go", "oracle://": "github.com/sijms/go-ora",
		"snowflake://": "github.com/snowflakedb/gosnowflake", "vertica://": "github.com/vertica/vertica-sql-go", "hdb://": "github.com/SAP/go-hdb",
		"firebird://": "github.com/nakagami/firebirdsql",
	} {
		if strings.HasPrefix(name, prefix) {
			known, _ := driverIn(path)
			return known
		}
	}
	if isMySQL(name) {
		known, _ := driverIn("github.com/go-sql-driver/mysql")
		return known
	}
	return aDriver{system: unknownSystem}
}

var defaultPorts = map[string]int{
	"postgresql": 5432, "cockroachdb": 26257, "mysql": 3306, "microsoft.sql_server": 1433, "clickhouse": 9000, "oracle.db": 1521, "trino": 8080,
	"firebirdsql": 3050, "vertica": 5433,
}
