// SPDX-License-Identifier: Apache-2.0

package sql

import (
	"os"
	"strings"
	"testing"

	"databases/libtest"
	"databases/servers"
)

const secret = "planted-secret-4711"

// drivers of database/sql: the versions that are tested each time, and those
// of the whole matrix.
var drivers = []struct {
	name   string
	server func(testing.TB) string
	quick  string
	more   []string
}{
	{"pgx", servers.Postgres, "github.com/jackc/pgx/v5@v5.5.5", []string{"github.com/jackc/pgx/v5@v5.12.0"}},
	{"pq", servers.Postgres, "github.com/lib/pq@v1.10.9", []string{"github.com/lib/pq@v1.12.3"}},
	{"mysql", servers.MariaDB, "github.com/go-sql-driver/mysql@v1.8.1", []string{"github.com/go-sql-driver/mysql@v1.10.1"}},
	{"sqlite", nil, "modernc.org/sqlite@v1.29.5", nil},
}

func TestDatabaseSQL(t *testing.T) {
	for _, d := range drivers {
		versions := []string{d.quick}
		if libtest.Full() {
			versions = append(versions, d.more...)
		}
		for _, version := range versions {
			t.Run(d.name+version[strings.LastIndexByte(version, '@'):], func(t *testing.T) {
				opener, err := os.ReadFile("testdata/open_" + d.name + ".go.txt")
				if err != nil {
					t.Fatal(err)
				}
				program := libtest.NewProgram(t, "testdata/shop", "1.25.0", version)
				program.Write(t, "open.go", string(opener))
				program.Tidy(t, version)
				plain, woven := program.Plain(t), program.Woven(t)

				closed := servers.FreePort(t)
				env := func() []string {
					env := []string{"CLOSED=" + closed}
					if d.server != nil {
						env = append(env, "PORT="+d.server(t))
					}
					return env
				}
				want := libtest.Run(t, plain, env())
				first := env()
				got, exported := libtest.RunWoven(t, woven, first)
				if want != got {
					t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
				}
				if !strings.Contains(want, "\ndone\n") {
					t.Errorf("the program says:\n%s", want)
				}
				if exported.Holds(secret) || exported.Holds("4711") {
					t.Error("a secret was exported")
				}
				replace := []string{":" + closed, ":CLOSED", "=" + closed, "=CLOSED"}
				if d.server != nil {
					port := strings.TrimPrefix(first[1], "PORT=")
					replace = append(replace, ":"+port, ":PORT", "="+port, "=PORT")
				}
				libtest.Golden(t, d.name+version[strings.LastIndexByte(version, '@'):]+".spans", exported.Text(replace...))

				// The same spans, but for their length.
				if d.server == nil {
					got, exported = libtest.RunWoven(t, woven, append(first, "OTEL_GO_SQL_ROWS=close"))
					if want != got {
						t.Errorf("with spans until the rows are closed:\n%s", libtest.Difference(want, got))
					}
					libtest.Golden(t, d.name+version[strings.LastIndexByte(version, '@'):]+".spans", exported.Text(replace...))
				}
			})
		}
	}
}
