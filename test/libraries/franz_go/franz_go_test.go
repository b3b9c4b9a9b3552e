// SPDX-License-Identifier: Apache-2.0

// Package franz_go has a program that produces and consumes with twmb/franz-go.
package franz_go

import (
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestFranzGo(t *testing.T) {
	broker := servers.BuildKafka(t)
	libtest.EachVersion(t, "github.com/twmb/franz-go", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/shop", requires...)
		program.Complete(t, requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		start := func() (port string, env []string) {
			port = broker.Start(t, "orders", "paid", "groups", "shipped")
			return port, []string{"PORT=" + port, "OTEL_METRICS_EXPORTER=otlp"}
		}
		_, env := start()
		want := libtest.Run(t, plain, env)
		port, env := start()
		names := []string{":" + port, ":PORT", "port=" + port, "port=PORT"}
		got, exported := libtest.RunWoven(t, woven, env)
		if want != got {
			t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
		}
		if !strings.Contains(want, "\ndone\n") {
			t.Errorf("the program says:\n%s", want)
		}
		if exported.Holds(secret) {
			t.Error("a secret was exported")
		}
		_, env = start()
		libtest.RunRace(t, program, want, env, libtest.AsIs)
		libtest.Golden(t, "spans.txt", exported.Text(names...))
		libtest.Golden(t, "metrics.txt", exported.MetricsText("otel.runtime/messaging", names...))
	})
}
