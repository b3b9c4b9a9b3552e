// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"fmt"
	"strings"
	"testing"

	"otel.runtime/conventions/db"
)

const (
	pgx        = "github.com/jackc/pgx/v5/stdlib"
	pq         = "github.com/lib/pq"
	mysql      = "github.com/go-sql-driver/mysql"
	sqlite     = "modernc.org/sqlite"
	sqlserver  = "github.com/microsoft/go-mssqldb"
	oracle     = "github.com/sijms/go-ora/v2"
	clickhouse = "github.com/ClickHouse/clickhouse-go/v2"
)

// Whatever has "secret" in it is a user or a password.
func TestReadNameKeepsServerAndDatabaseOnly(t *testing.T) {
	tests := []struct {
		driver, name, namespace, address string
		port                             int
	}{
		{pgx, "postgres://secret:secret@db.example.com:6543/shop?sslmode=disable&password=secret&sslpassword=secret", "shop", "db.example.com", 6543},
		{pq, "postgresql://u:secret@[::1]/shop", "shop", "::1", 5432},
		{pgx, "postgres:///shop?host=/run/postgresql&password=secret", "shop", "/run/postgresql", 0},
		{pgx, "postgres:///shop?host=db&port=1&user=secret", "shop", "db", 1},
		{pgx, "postgres://u:secret@a,b:5433/shop", "shop", "", 0},
		{pgx, "postgres://u:top/secret@db/shop", "", "", 0},
		{pgx, "postgres://u:12/secret@db/shop", "", "", 0},
		{pgx, "postgres://u:12#secret@db/shop", "", "", 0},
		{pgx, "postgres://u:12?secret@db/shop", "", "", 0},
		{pgx, "postgres://u:x@secret/y@db/shop", "", "", 0},
		{pgx, "postgres://u:x@secret?y@db/shop", "", "", 0},
		{pgx, "postgres://u:sec%2Fret%40secret@db/shop", "shop", "db", 5432},
		{pgx, "postgres://u:secret@host:port/%zz", "", "", 0},
		{pgx, "postgres://u:secret@db:99999/shop", "", "", 0},
		{pq, `host=db user='secret' password='a b\'secret' dbname = shop port=1`, "shop", "db", 1},
		{pq, `password=a\ dbname=secret host=db`, "", "db", 5432},
		{pq, `password='dbname=secret host=secret`, "", "", 0},
		{pq, `password='secret' ' dbname=secret`, "", "", 0},
		{pq, "password=secret://x host=db dbname=shop", "shop", "db", 5432},
		{pq, "host=a,b password=secret dbname=shop", "shop", "", 0},
		{pq, "user=u password=secret", "", "", 0},
		{pq, "dbname=postgres://u:secret@db/shop", "", "", 0},
		{mysql, "u:secret@tcp(db:3307)/shop?timeout=1s&x=1", "shop", "db", 3307},
		{mysql, "secret:se@c/ret?@tcp(db)/shop", "shop", "db", 3306},
		{mysql, "app:top/secret?x@/shop", "shop", "127.0.0.1", 3306},
		{mysql, "app:top/secret?x@tcp(db)/", "", "db", 3306},
		{mysql, "u:secret(secret)@unix(/run/mysql.sock)/shop", "shop", "/run/mysql.sock", 0},
		{mysql, "u:secret@tcp([::1]:3306)/", "", "::1", 3306},
		{mysql, "u:secret@tcp([::1])/a%2Fb", "a/b", "::1", 3306},
		{mysql, "u:secret@tcp(db)/shop?loc=Europe/Berlin", "", "", 0},
		{mysql, "/shop", "shop", "127.0.0.1", 3306},
		{mysql, "u:secret@/shop?serverPubKey=secret", "shop", "127.0.0.1", 3306},
		{mysql, "u:secret/shop", "", "", 0},
		{mysql, "mysql://u:secret@db:3306/shop", "", "", 0},
		{mysql, "u:x@secret", "", "", 0},
		{"github.com/ziutek/mymysql/godrv", "tcp:db:3306*shop/user/secret", "", "", 0},
		{"github.com/go-mysql-org/go-mysql/driver", "u:x/secret@db:3306?shop", "", "", 0},
		{sqlite, "file:/data/shop.db?_pragma=key('secret')&_auth_pass=secret#secret", "/data/shop.db", "", 0},
		{sqlite, "file:///data/shop.db#secret", "/data/shop.db", "", 0},
		{sqlite, "file://localhost/shop.db", "/shop.db", "", 0},
		{sqlite, "file://u:secret@host/shop.db", "", "", 0},
		{sqlite, "https://u:secret@host/shop.db", "", "", 0},
		{sqlite, "shop.db?_auth&_auth_user=secret&_auth_pass=sec?ret", "shop.db", "", 0},
		{sqlite, ":memory:", ":memory:", "", 0},
		{sqlserver, "sqlserver://secret:secret@db:1434/instance?Database=shop&password=secret", "instance|shop", "db", 1434},
		{sqlserver, "sqlserver://u:a/secret@db?database=shop", "", "", 0},
		{sqlserver, "server=db;user id=secret;password=secret;database=shop", "shop", "db", 1433},
		{sqlserver, `Data Source=tcp:db,1435;Initial Catalog=shop;Pwd="a;database=secret;""x"`, "shop", "db", 1435},
		{sqlserver, `server=db\sql;password="a;server=secret;database=secret`, "sql", "db", 1433},
		{sqlserver, "odbc:server=db;pwd={a;database=secret;}}x};database={my db};uid=secret", "my db", "db", 1433},
		{sqlserver, "odbc:server=db;pwd={secret;database=secret", "", "", 0},
		{sqlserver, "odbc:pwd=secret;server=.;database=shop", "shop", "localhost", 1433},
		{clickhouse, "clickhouse://u:secret@db/shop?password=secret", "shop", "db", 9000},
		{clickhouse, "tcp://db:9440?username=secret&password=secret&database=shop", "shop", "db", 9440},
		{clickhouse, "clickhouse://u:secret@a:1,b:2/shop", "shop", "", 0},
		{oracle, "oracle://u:secret@db:1522/service?WALLET+PASSWORD=secret", "service", "db", 1522},
		{oracle, "oracle://u:se/cret@db:1522/secret", "", "", 0},
		{"github.com/godror/godror", "u/secret@db:1521/service", "", "", 0},
		{"github.com/mattn/go-oci8", "u/secret@db:1521/service", "", "", 0},
		{"github.com/snowflakedb/gosnowflake", "u:secret@account/shop/public?warehouse=w&token=secret", "shop|public", "", 0},
		{"github.com/snowflakedb/gosnowflake", "u:secret@x.example:443/shop", "shop", "x.example", 443},
		{"github.com/snowflakedb/gosnowflake", "u:x@secret@account/shop", "", "", 0},
		{"github.com/googleapis/go-sql-spanner", "projects/p/instances/i/databases/shop;credentialsJson=secret", "shop", "", 0},
		{"github.com/googleapis/go-sql-spanner", "localhost:9010/projects/p/instances/i/databases/shop?credentials=/secret", "shop", "localhost", 9010},
		{"github.com/nakagami/firebirdsql", "secret:secret@db/tmp/shop.fdb?role=secret", "/tmp/shop.fdb", "db", 3050},
		{"github.com/trinodb/trino-go-client/trino", "http://u:secret@db:8443?catalog=c&accessToken=secret", "", "db", 8443},
		{"github.com/databricks/databricks-sql-go", "token:secret@db:443/sql/1.0/endpoints/secret", "", "db", 443},
		{"github.com/SAP/go-hdb/driver", "hdb://u:secret@db:30015?databaseName=x&TLSRootCAFile=secret", "", "db", 30015},
		{"github.com/vertica/vertica-sql-go", "vertica://u:secret@db:5433/shop?oauth_access_token=secret", "shop", "db", 5433},
		{"github.com/ibmdb/go_ibm_db", "HOSTNAME=db;DATABASE=shop;PORT=50000;UID=secret;PWD={a;database=secret}", "shop", "db", 50000},
		{"github.com/marcboeker/go-duckdb", "md:shop?motherduck_token=secret", "md:shop", "", 0},
		{"example.com/unknown", "whatever:secret@secret/secret", "", "", 0},
		{"example.com/unknown", "postgres://u:secret@db/shop", "shop", "db", 5432},
		{"example.com/unknown", "u:secret/x@tcp(db)/shop", "shop", "db", 3306},
	}
	for _, test := range tests {
		c := chain{}
		c.driver, c.known = driverIn(test.driver)
		target := c.target(test.name)
		want := db.Target{System: target.System, Namespace: test.namespace, Address: test.address, Port: test.port}
		if target != want {
			t.Errorf("%s: %s\n got %+v\nwant %+v", test.driver, test.name, target, want)
		}
		if strings.Contains(fmt.Sprint(target), "secret") || strings.Contains(target.Text(), "secret") {
			t.Errorf("%s: the secret is in %+v", test.name, target)
		}
	}
}

// A password of any characters, in every form that has a user information.
func FuzzReadNameTellsNoPassword(f *testing.F) {
	forms := []struct{ driver, before, after string }{
		{pgx, "postgres://u:", "@db:1/shop"}, {mysql, "u:", "@tcp(db:1)/shop"}, {mysql, "u:", "@/shop"}, {sqlserver, "sqlserver://u:", "@db?database=shop"},
		{oracle, "oracle://u:", "@db:1521/service"}, {clickhouse, "clickhouse://u:", "@db:9000/shop"}, {clickhouse, "http://db:1/shop?password=", "&x=y"},
		{"github.com/nakagami/firebirdsql", "u:", "@db/shop"}, {"github.com/snowflakedb/gosnowflake", "u:", "@account/shop"},
		{"github.com/trinodb/trino-go-client", "http://u:", "@db:1"}, {"github.com/databricks/databricks-sql-go", "token:", "@db:443/x"},
		{sqlite, "file:shop.db?_auth_pass=", "&x=y"}, {"example.com/unknown", "postgres://u:", "@db/shop"}, {"example.com/unknown", "u:", "@tcp(db)/shop"},
		{"github.com/godror/godror", "u/", "@db/shop"}, {"github.com/ziutek/mymysql/godrv", "shop/u/", ""},
	}
	for _, marks := range []string{"", "/", "@", "?", "#", ":", "1/", "1#", "1?", "@/", "/@", "@x/", "(", ")", "//", "[", "]", "%2f", ";", "=", "1@", "@1/?", "tcp(x)/", "@tcp(x)/"} {
		for i := range forms {
			f.Add(uint8(i), marks, "")
			f.Add(uint8(i), "", marks)
			f.Add(uint8(i), marks, marks)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, before, after string) {
		form := forms[int(which)%len(forms)]
		c := chain{}
		c.driver, c.known = driverIn(form.driver)
		name := form.before + before + "planted" + after + form.after
		if told := fmt.Sprintf("%+v", c.target(name)); strings.Contains(told, "planted") {
			t.Errorf("%s: %q tells %s", form.driver, name, told)
		}
	})
}
