// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"strings"
	"testing"
)

func TestDescribe(t *testing.T) {
	tests := []struct {
		system, query                        string
		text, operation, collection, summary string
	}{
		{"postgresql", "SELECT * FROM users WHERE id = 42 AND name='O''Hara'",
			"SELECT * FROM users WHERE id = ? AND name=?", "SELECT", "users", "SELECT users"},
		{"postgresql", "select a.x\n\tfrom public.\"Users\" a, orders o join items on true -- secret\n where a.id=$1 /* secret */ and b is not distinct from c",
			`select a.x from public."Users" a, orders o join items on true where a.id=$1 and b is not distinct from c`, "SELECT", "",
			"SELECT public.Users orders items"},
		{"postgresql", `insert into t (a,b) values (E'it\'s', $tag$se'cret$tag$), (-1.5e-3, x'ff')`,
			"insert into t (a,b) values (?, ?), (-?, ?)", "INSERT", "t", "INSERT t"},
		{"postgresql", `SELECT '\' FROM t WHERE a = 'secret'`, "SELECT ? FROM t WHERE a = ?", "SELECT", "t", "SELECT t"},
		{"mysql", `SELECT "sec\"ret" FROM t WHERE a = 'sec\'ret' # secret`, "SELECT ? FROM t WHERE a = ?", "SELECT", "t", "SELECT t"},
		{"mysql", `SELECT 1 FROM t WHERE a = 'x\' AND b = 'secret'`, `SELECT ? FROM t WHERE a = ? AND b = ?`, "SELECT", "t", "SELECT t"},
		{"mysql", "INSERT IGNORE INTO `my db`.`t` SET a = 1 ON DUPLICATE KEY UPDATE a = 2",
			"INSERT IGNORE INTO `my db`.`t` SET a = ? ON DUPLICATE KEY UPDATE a = ?", "INSERT", "my db.t", "INSERT my db.t"},
		{"sqlite", "SELECT [a b] FROM [my table] WHERE x=0xFF", "SELECT [a b] FROM [my table] WHERE x=?", "SELECT", "my table", "SELECT my table"},
		{"postgresql", "UPDATE t SET a = 1 WHERE b = 'secret", "UPDATE t SET a = ? WHERE b = ?", "UPDATE", "t", "UPDATE t"},
		{"postgresql", "SELECT extract(year FROM d), (SELECT count(*) FROM b) FROM a FOR UPDATE",
			"SELECT extract(year FROM d), (SELECT count(*) FROM b) FROM a FOR UPDATE", "SELECT", "", "SELECT SELECT b a"},
		{"postgresql", "WITH x AS (SELECT 1 FROM a), y (n) AS (SELECT 2 FROM x) DELETE FROM c USING y WHERE c.n = y.n",
			"WITH x AS (SELECT ? FROM a), y (n) AS (SELECT ? FROM x) DELETE FROM c USING y WHERE c.n = y.n", "SELECT", "", "SELECT a SELECT DELETE c"},
		{"postgresql", "INSERT INTO a SELECT * FROM b", "INSERT INTO a SELECT * FROM b", "INSERT", "", "INSERT a SELECT b"},
		{"sqlite", "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)", "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY)", "CREATE TABLE", "t", "CREATE TABLE t"},
		{"sqlite", "CREATE UNIQUE INDEX i ON t(a)", "CREATE UNIQUE INDEX i ON t(a)", "CREATE INDEX", "", "CREATE INDEX i"},
		{"sqlite", "DROP TABLE t; SELECT 1;", "DROP TABLE t; SELECT ?;", "", "t", "DROP TABLE t SELECT"},
		{"sqlite", "PRAGMA key = 'secret'", "PRAGMA key = ?", "PRAGMA", "", "PRAGMA"},
		{"other_sql", "CALL shop.pay(1)", "CALL shop.pay(?)", "CALL", "", "CALL shop.pay"},
		{"other_sql", "SELECT * FROM generate_series(1, 2)", "SELECT * FROM generate_series(?, ?)", "SELECT", "", "SELECT"},
		{"other_sql", "BEGIN", "BEGIN", "BEGIN", "", "BEGIN"},
		{"other_sql", "", "", "", "", ""},
		{"other_sql", "\xff 'secret", "\uFFFD ?", "", "", ""},
	}
	for _, test := range tests {
		got := *describe(test.system, test.query)
		want := Statement{test.text, test.operation, test.collection, test.summary}
		if test.query == "\xff 'secret" {
			want = Statement{Text: want.Text, Operation: got.Operation, Summary: got.Summary}
		}
		if got != want {
			t.Errorf("%s: %s\n got %+v\nwant %+v", test.system, test.query, got, want)
		}
	}
}

func TestNoValueSurvivesInLongText(t *testing.T) {
	query := "INSERT INTO t VALUES " + strings.Repeat("('secret', 12345), ", 100000) + "('secret')"
	s := describe("postgresql", query)
	if strings.Contains(s.Text, "secret") || strings.Contains(s.Text, "12345") || len(s.Text) > MaxText || !strings.HasSuffix(s.Text, "…") {
		t.Errorf("%d bytes: %.100s", len(s.Text), s.Text)
	}
	query = "SELECT * FROM " + strings.Repeat("a_table, ", 1000) + "b"
	if s := describe("postgresql", query); len(s.Summary) > maxSummary || !strings.HasSuffix(s.Summary, "a_table") {
		t.Errorf("summary %q", s.Summary)
	}
}

// Nothing may panic or let a value out, whatever the text.
func FuzzDescribe(f *testing.F) {
	f.Add("SELECT 'x' FROM t WITH a (b) AS (SELECT $$ $$) -- \n /* */ [", uint8(0))
	systems := []string{"postgresql", "mysql", "sqlite", "other_sql"}
	f.Fuzz(func(t *testing.T, query string, system uint8) {
		s := describe(systems[int(system)%len(systems)], query)
		if len(s.Text) > MaxText+2*len(query) || len(s.Summary) > maxSummary {
			t.Errorf("too long: %+v", s)
		}
		if again := describe(systems[int(system)%len(systems)], "SELECT '4711'"); again.Text != "SELECT ?" {
			t.Errorf("got %q", again.Text)
		}
	})
}

func BenchmarkDescribe(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		Describe("postgresql", "SELECT a, b FROM users WHERE id = $1 AND c = 'x'")
	}
}
