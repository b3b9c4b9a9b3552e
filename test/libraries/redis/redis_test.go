// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

// logTime is what is different in each line that go-redis logs.
var logTime = regexp.MustCompile(`redis: [0-9/]+ [0-9:]+ `)

func TestGoRedis(t *testing.T) {
	for major, path := range map[string]string{"v9": "github.com/redis/go-redis/v9", "v8": "github.com/go-redis/redis/v8"} {
		libtest.EachVersion(t, path, func(t *testing.T, version string, requires []string) {
			program := libtest.NewProgram(t, "testdata/shop", requires...)
			text, err := os.ReadFile("testdata/shop/main.go")
			if err != nil {
				t.Fatal(err)
			}
			program.Write(t, "main.go", strings.ReplaceAll(string(text), "github.com/redis/go-redis/v9", path))
			hook, err := os.ReadFile("testdata/hook_" + major + ".go.txt")
			if err != nil {
				t.Fatal(err)
			}
			program.Write(t, "hook.go", string(hook))
			program.Complete(t, requires...)
			plain, woven := program.Plain(t), program.Woven(t)

			env, names := start(t)
			want := logTime.ReplaceAllString(libtest.Run(t, plain, env), "redis: ")
			got, exported := libtest.RunWoven(t, woven, append(env, "OTEL_METRICS_EXPORTER=otlp"))
			got = logTime.ReplaceAllString(got, "redis: ")
			if want != got {
				t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
			}
			if !strings.Contains(want, "\ndone\n") {
				t.Errorf("the program says:\n%s", want)
			}
			if exported.Holds(secret) {
				t.Error("a secret was exported")
			}
			libtest.RunRace(t, program, want, env, func(output string) string { return logTime.ReplaceAllString(output, "redis: ") })
			libtest.Golden(t, version+".spans", exported.Text(names...))
			libtest.Golden(t, version+".metrics", exported.MetricsText("otel.runtime/goredis", names...))
		})
	}
}

// start starts a server with a password, a cluster of one node, and a Sentinel.
func start(t *testing.T) (env, names []string) {
	port := servers.Redis(t, "--requirepass", secret, "--masterauth", secret)
	ports := map[string]string{
		"PORT": port, "CLUSTER": servers.RedisCluster(t), "CLOSED": servers.FreePort(t), "SENTINEL": servers.RedisSentinel(t, port, secret),
	}
	for name, port := range ports {
		env = append(env, name+"="+port)
		names = append(names, ":"+port, ":"+name, "port="+port, "port="+name)
	}
	return env, names
}
