// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

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
	ports := map[string]string{
		"PORT":    servers.Redis(t, "--requirepass", secret, "--masterauth", secret),
		"CLUSTER": servers.Redis(t, "--cluster-enabled", "yes"),
		"CLOSED":  servers.FreePort(t),
	}
	send(t, ports["CLUSTER"], "CLUSTER ADDSLOTSRANGE 0 16383", "+OK")
	for limit := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if strings.HasPrefix(send(t, ports["CLUSTER"], "SET x y", ""), "+OK") {
			break
		}
		if time.Now().After(limit) {
			t.Fatal("the cluster doesn't come up")
		}
	}
	config := filepath.Join(t.TempDir(), "sentinel.conf")
	ports["SENTINEL"] = servers.FreePort(t)
	text := fmt.Sprintf("bind 127.0.0.1\nport %s\nsentinel monitor main 127.0.0.1 %s 1\nsentinel auth-pass main %s\n", ports["SENTINEL"], ports["PORT"], secret)
	if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	servers.Start(t, ports["SENTINEL"], nil, "redis-server", config, "--sentinel")
	for name, port := range ports {
		env = append(env, name+"="+port)
		names = append(names, ":"+port, ":"+name, "port="+port, "port="+name)
	}
	return env, names
}

// send sends one command to a server and returns the first line of its answer,
// which must begin with want.
func send(t *testing.T, port, command, want string) string {
	t.Helper()
	c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "%s\r\n", command)
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, want) {
		t.Fatalf("%s: %q, %v", command, line, err)
	}
	return line
}
