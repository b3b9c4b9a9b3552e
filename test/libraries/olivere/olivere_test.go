// SPDX-License-Identifier: Apache-2.0

// Package olivere has a program that uses olivere/elastic. What answers is a server of
// the test: the client is the same, whatever is found.
package olivere

import (
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestOlivere(t *testing.T) {
	libtest.EachVersion(t, "github.com/olivere/elastic/v7", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/shop", requires...)
		program.Complete(t, requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		closed := servers.FreePort(t)
		start := func() (env, names []string) {
			port := servers.Elasticsearch(t)
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
		libtest.Golden(t, "metrics.txt", exported.MetricsText("otel.runtime/db", names...))
		env, _ = start()
		libtest.RunRace(t, program, want, env, libtest.AsIs)
	})
}
