// SPDX-License-Identifier: Apache-2.0

// Package pgx has a program that uses pgx and pgxpool, and both beneath database/sql.
package pgx

import (
	"regexp"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

// waited is a metric with a time.
var waited = regexp.MustCompile(`(otel.db.client.connection.waited .*) \| [^|]*\n`)

func TestPgx(t *testing.T) {
	libtest.EachVersion(t, "github.com/jackc/pgx/v5", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/shop", requires...)
		program.Complete(t, requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		closed := servers.FreePort(t)
		start := func() (env, names []string) {
			port := servers.Postgres(t)
			return []string{"PORT=" + port, "CLOSED=" + closed}, []string{":" + port, ":PORT", "=" + port, "=PORT", ":" + closed, ":CLOSED", "=" + closed, "=CLOSED"}
		}
		env, _ := start()
		want := libtest.Run(t, plain, env)
		env, names := start()
		got, exported := libtest.RunWoven(t, woven, append(env, "OTEL_METRICS_EXPORTER=otlp"))
		if want != got {
			t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
		}
		if !strings.Contains(want, "\ndone\n") {
			t.Errorf("the program says:\n%s", want)
		}
		if exported.Holds(secret) {
			t.Error("a secret was exported")
		}
		libtest.Golden(t, "spans.txt", exported.Text(names...))
		libtest.Golden(t, "metrics.txt", waited.ReplaceAllString(exported.MetricsText("otel.runtime/pgx", names...), "$1\n"))

		// The operations of database/sql are its own, also where nothing is traced.
		env, names = start()
		_, exported = libtest.RunWoven(t, woven, append(env, "OTEL_METRICS_EXPORTER=otlp", "OTEL_TRACES_EXPORTER=none"))
		libtest.Golden(t, "durations.txt", exported.MetricsText("otel.runtime/db", names...))

		// One is switched off without the other: what is beneath database/sql is pgx's then.
		for off, there := range map[string][2]bool{"pgx": {false, true}, "database/sql": {true, false}} {
			env, _ = start()
			got, exported = libtest.RunWoven(t, woven, append(env, "OTEL_GO_DISABLED_INSTRUMENTATIONS="+off))
			if want != got {
				t.Errorf("without %s:\n%s", off, libtest.Difference(want, got))
			}
			commits := [2]int{} // of pgx and of database/sql, which has one
			for _, s := range exported.Spans {
				if strings.HasPrefix(s.Name, "COMMIT") {
					commits[map[string]int{"otel.runtime/pgx": 0, "otel.runtime/databasesql": 1}[s.Scope.Name]]++
				}
			}
			if commits[0] > 0 != there[0] || commits[1] > 0 != there[1] || there[0] && commits[0] != 2 {
				t.Errorf("without %s: %v", off, commits)
			}
		}

		env, _ = start()
		libtest.RunRace(t, program, want, env, libtest.AsIs)
	})
}
