// SPDX-License-Identifier: Apache-2.0

// Package valkey has a program that uses valkey-go: a server, a cluster and a Sentinel.
package valkey

import (
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestValkey(t *testing.T) {
	libtest.EachVersion(t, "github.com/valkey-io/valkey-go", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/shop", requires...)
		program.Complete(t, requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		env, _ := start(t)
		want := libtest.Run(t, plain, env)
		env, names := start(t)
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
		libtest.Golden(t, version+".spans", exported.Text(names...))
		libtest.Golden(t, version+".metrics", exported.MetricsText("otel.runtime/db", names...))
		env, _ = start(t)
		libtest.RunRace(t, program, want, env, libtest.AsIs)
	})
}

// start starts a server with a password, a cluster of one node, and a Sentinel.
func start(t *testing.T) (env, names []string) {
	port := servers.Redis(t, "--requirepass", secret, "--masterauth", secret)
	for name, port := range map[string]string{"PORT": port, "CLUSTER": servers.RedisCluster(t), "SENTINEL": servers.RedisSentinel(t, port, secret)} {
		env = append(env, name+"="+port)
		names = append(names, ":"+port, ":"+name, "port="+port, "port="+name)
	}
	return env, names
}
