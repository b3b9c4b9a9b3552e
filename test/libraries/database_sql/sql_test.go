// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"os"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

var drivers = []struct {
	name   string
	module string
	server func(testing.TB) string
}{
	{"pgx", "github.com/jackc/pgx/v5", servers.Postgres},
	{"pq", "github.com/lib/pq", servers.Postgres},
	{"mysql", "github.com/go-sql-driver/mysql", servers.MariaDB},
	{"sqlite", "modernc.org/sqlite", nil},
}

func TestDatabaseSQL(t *testing.T) {
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) {
			libtest.EachVersion(t, d.module, func(t *testing.T, version string, requires []string) {
				opener, err := os.ReadFile("testdata/open_" + d.name + ".go.txt")
				if err != nil {
					t.Fatal(err)
				}
				program := libtest.NewProgram(t, "testdata/shop", requires...)
				program.Write(t, "open.go", string(opener))
				program.Complete(t, requires...)
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
				if exported.Holds("secret-4711") || exported.Holds("471147114") {
					t.Error("a secret was exported")
				}
				replace := []string{":" + closed, ":CLOSED", "=" + closed, "=CLOSED"}
				if d.server != nil {
					port := strings.TrimPrefix(first[1], "PORT=")
					replace = append(replace, ":"+port, ":PORT", "="+port, "=PORT")
				}
				libtest.Golden(t, d.name+"@"+version+".spans", exported.Text(replace...))

				libtest.RunRace(t, program, want, env(), libtest.AsIs)

				// The same spans, but for their length.
				if d.server == nil {
					got, exported = libtest.RunWoven(t, woven, append(first, "OTEL_GO_SQL_ROWS=close"))
					if want != got {
						t.Errorf("with spans until the rows are closed:\n%s", libtest.Difference(want, got))
					}
					libtest.Golden(t, d.name+"@"+version+".spans", exported.Text(replace...))
				}
			})
		})
	}
}
