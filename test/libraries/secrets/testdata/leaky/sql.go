// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"time"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/lib/pq"
	_ "github.com/microsoft/go-mssqldb"
	_ "github.com/sijms/go-ora/v2"
	gormmysql "gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	_ "modernc.org/sqlite"
)

// nowhere is where nobody listens.
const nowhere = "127.0.0.1:1"

// names has the secret in data source names, as they should be and as they shouldn't.
func names(ctx context.Context) {
	user := url.UserPassword("app", secret).String()
	escaped := url.QueryEscape(secret)
	libpq := strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(secret)
	ado := `"` + strings.ReplaceAll(secret, `"`, `""`) + `"`
	odbc := "{" + strings.ReplaceAll(secret, "}", "}}") + "}"
	for driver, names := range map[string][]string{
		"mysql": {
			"app:" + secret + "@tcp(" + nowhere + ")/shop?timeout=1s", "app:" + secret + "@unix(/nowhere.sock)/shop", "app:" + secret + "@/shop", "app:" + secret + "@tcp(" + nowhere + ")/" + escaped + "@x",
			"mysql://" + user + "@" + nowhere + "/shop", "app:" + secret + "@" + nowhere + "/shop",
		},
		"pgx": {
			"postgres://" + user + "@" + nowhere + "/shop?connect_timeout=1", "postgres://app:" + secret + "@" + nowhere + "/shop", "postgres://" + nowhere + "/shop?user=app&password=" + escaped, "postgres:///shop?host=/nowhere&password=" + escaped,
			"host=127.0.0.1 port=1 user=app password='" + libpq + "' dbname=shop", "host=127.0.0.1 port=1 password = '" + libpq + "'", "host=127.0.0.1 port=1 password=" + secret, "postgres://" + user + "@127.0.0.1:1,127.0.0.1:1/shop",
		},
		"postgres": {
			"postgres://" + user + "@" + nowhere + "/shop?sslmode=disable&connect_timeout=1", "postgres://app:" + secret + "@" + nowhere + "/shop", "host=127.0.0.1 port=1 user=app password='" + libpq + "' dbname=shop sslmode=disable",
			"host=127.0.0.1 port=1 password=" + secret + " sslmode=disable", "password='" + libpq, secret,
		},
		"sqlite":    {":memory:?_auth_pass=" + escaped, "file::memory:?_pragma=key('" + escaped + "')", "file:x?mode=memory&_auth_user=a&_auth_pass=" + escaped + "#" + escaped},
		"sqlserver": {"sqlserver://" + user + "@" + nowhere + "?database=shop&dial+timeout=1", "sqlserver://app:" + secret + "@" + nowhere, "server=127.0.0.1;port=1;user id=app;password=" + ado + ";database=shop;dial timeout=1", "Server=127.0.0.1,1;Pwd=" + ado, "odbc:server=127.0.0.1;port=1;uid=app;pwd=" + odbc + ";database=shop", "server=127.0.0.1;port=1;password=" + secret},
		"oracle":    {"oracle://" + user + "@" + nowhere + "/service", "oracle://app:" + secret + "@" + nowhere + "/service", "oracle://" + user + "@" + nowhere + "/service?WALLET+PASSWORD=" + escaped},
	} {
		for _, name := range names {
			db, err := sql.Open(driver, name)
			if err != nil {
				continue
			}
			ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
			db.PingContext(ctx)
			db.ExecContext(ctx, "SELECT '"+strings.ReplaceAll(secret, "'", "''")+"'")
			cancel()
			db.Close()
		}
	}
	for _, name := range []string{"app:" + secret + "@tcp(" + nowhere + ")/shop?timeout=1s"} {
		db, err := gorm.Open(gormmysql.New(gormmysql.Config{DSN: name, SkipInitializeWithVersion: true}), &gorm.Config{Logger: logger.Discard, DisableAutomaticPing: true})
		if err != nil {
			continue
		}
		db = db.WithContext(ctx)
		db.Table("users").Where("password = ?", secret).Or("name = '" + strings.ReplaceAll(secret, "'", "''") + "'").Find(&[]map[string]any{})
		db.Table("users").Create(map[string]any{"password": secret})
		db.Exec("UPDATE users SET password = '" + strings.ReplaceAll(secret, "'", "''") + "'")
	}
}

// statements has it as a literal of each dialect. The servers needn't be there: a
// statement that can't be sent has a span too.
func statements(ctx context.Context) {
	quoted := "'" + strings.ReplaceAll(secret, "'", "''") + "'"
	slashed := "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(secret) + "'"
	double := `"` + strings.ReplaceAll(secret, `"`, `""`) + `"`
	word := "planted4711" // where there are no quotes
	of := map[string][]string{
		"mysql": {
			"SELECT * FROM users WHERE email = " + double, "SELECT " + slashed, "SELECT _utf8mb4" + quoted + ", N" + quoted, "SET PASSWORD FOR 'bob'@'%' = " + quoted, "ALTER USER bob IDENTIFIED BY " + quoted, "CREATE USER bob IDENTIFIED WITH x AS " + quoted,
			"SELECT 1 # " + secret + "\n, " + quoted, "SELECT 1 -- " + secret, "SELECT 1 /* " + secret + " */", "SELECT 1 /*!50000 " + quoted + " */", "LOAD DATA INFILE " + quoted + " INTO TABLE x", "CHANGE MASTER TO MASTER_PASSWORD=" + quoted, "INSERT INTO x VALUES (1, " + quoted + "), (2, " + double + ")",
			"CALL login(" + quoted + ")", "SET @password := " + quoted, "SELECT " + quoted, "CREATE SERVER s OPTIONS (PASSWORD " + quoted + ")", "SELECT x FROM t WHERE p = " + quoted + " UNION SELECT " + double,
		},
		"pgx": {
			"SELECT $$" + secret + "$$, $tag$" + secret + "$tag$", "SELECT E" + slashed + ", U&" + quoted, "ALTER ROLE bob WITH PASSWORD " + quoted, "CREATE USER bob ENCRYPTED PASSWORD " + quoted, "DO $$ BEGIN PERFORM login(" + quoted + "); END $$", "COMMENT ON TABLE x IS " + quoted,
			"CREATE SUBSCRIPTION s CONNECTION 'host=h password=" + word + "' PUBLICATION p", "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', password " + quoted + ")", "COPY x FROM PROGRAM " + quoted, "SELECT dblink_connect('password=" + word + "')", "SET ROLE x; SELECT " + quoted, "NOTIFY x, " + quoted, "SELECT crypt(" + quoted + ", gen_salt('bf'))",
		},
		"sqlite":    {"SELECT * FROM x WHERE y = " + double, "PRAGMA key = " + quoted, "PRAGMA key = " + double, "PRAGMA key=" + word, "ATTACH DATABASE 'x' AS y KEY " + quoted, "SELECT x'" + "706c616e746564" + "', " + quoted, "CREATE TABLE t (p TEXT DEFAULT " + quoted + ")", "INSERT INTO t VALUES (" + quoted + ")"},
		"sqlserver": {"SELECT N" + quoted, "ALTER LOGIN sa WITH PASSWORD = " + quoted, "CREATE LOGIN x WITH PASSWORD = N" + quoted + " MUST_CHANGE", "EXEC sp_addlogin 'x', " + quoted, "OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = " + quoted, "SET QUOTED_IDENTIFIER OFF; SELECT " + double, "SELECT * FROM OPENROWSET('x', 'pwd=" + word + "', 'y')", "DECLARE @p nvarchar(9) = " + quoted, "BACKUP DATABASE x TO DISK='y' WITH PASSWORD = " + quoted},
		"oracle":    {"SELECT q'[" + secret + "]' FROM dual", "SELECT nq'{" + secret + "}' FROM dual", "ALTER USER bob IDENTIFIED BY " + double, "ALTER USER bob IDENTIFIED BY " + word, "CREATE DATABASE LINK l CONNECT TO bob IDENTIFIED BY " + word + " USING 'x'", "SELECT " + quoted + " FROM dual", "BEGIN login(" + quoted + "); END;"},
	}
	for driver, all := range of {
		db, err := sql.Open(driver, map[string]string{
			"mysql": "u:p@tcp(" + nowhere + ")/x?timeout=1s", "pgx": "postgres://u:p@" + nowhere + "/x?connect_timeout=1", "sqlite": ":memory:",
			"sqlserver": "sqlserver://u:p@" + nowhere + "?dial+timeout=1&connection+timeout=1", "oracle": "oracle://u:p@" + nowhere + "/x",
		}[driver])
		if err != nil {
			continue
		}
		for _, statement := range all {
			db.ExecContext(ctx, statement)
			if rows, err := db.QueryContext(ctx, statement, secret); err == nil {
				for rows.Next() {
				}
				rows.Close()
			}
			if prepared, err := db.PrepareContext(ctx, statement); err == nil {
				prepared.ExecContext(ctx, secret)
				prepared.Close()
			}
		}
		db.Close()
	}
}
