// SPDX-License-Identifier: Apache-2.0

// Package gomemcache has a program that uses gomemcache.
package gomemcache

import (
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestGomemcache(t *testing.T) {
	libtest.EachVersion(t, "github.com/bradfitz/gomemcache", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/shop", requires...)
		program.Complete(t, requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		env, _ := start(t)
		want := libtest.Run(t, plain, env)
		env, names := start(t)
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
		libtest.Golden(t, "spans.txt", exported.Text(names...))
		env, names = start(t)
		_, exported = libtest.RunWoven(t, woven, append(env, "OTEL_METRICS_EXPORTER=otlp", "OTHER="))
		libtest.Golden(t, "metrics.txt", exported.MetricsText("otel.runtime/db", names...))
		env, _ = start(t)
		libtest.RunRace(t, program, want, env, libtest.AsIs)
	})
}

func start(t *testing.T) (env, names []string) {
	for name, port := range map[string]string{"PORT": servers.Memcached(t), "OTHER": servers.Memcached(t), "CLOSED": servers.FreePort(t), "SILENT": servers.FreePort(t)} {
		env = append(env, name+"="+port)
		// To which of two servers an item goes depends on their ports.
		if name == "OTHER" {
			name = "PORT"
		}
		names = append(names, ":"+port, ":"+name, "port="+port, "port="+name)
	}
	return env, names
}
