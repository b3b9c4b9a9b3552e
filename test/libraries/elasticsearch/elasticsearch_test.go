// SPDX-License-Identifier: Apache-2.0

// Package elasticsearch has a program that uses go-elasticsearch. What answers is a
// server of the test: the client is the same, whatever is found.
package elasticsearch

import (
	"os"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestElasticsearch(t *testing.T) {
	for _, major := range []string{"v7", "v8", "v9"} {
		libtest.EachVersion(t, "github.com/elastic/go-elasticsearch/"+major, func(t *testing.T, version string, requires []string) {
			program := libtest.NewProgram(t, "testdata/shop", requires...)
			more := "testdata/typed.go.txt"
			if major == "v7" {
				more = "testdata/untyped.go.txt"
			}
			for to, from := range map[string]string{"main.go": "testdata/shop/main.go", "typed.go": more} {
				text, err := os.ReadFile(from)
				if err != nil {
					t.Fatal(err)
				}
				program.Write(t, to, strings.ReplaceAll(string(text), "go-elasticsearch/v8", "go-elasticsearch/"+major))
			}
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
			libtest.Golden(t, major+".spans", exported.Text(names...))
			libtest.Golden(t, major+".metrics", exported.MetricsText("otel.runtime/db", names...))
			env, _ = start()
			libtest.RunRace(t, program, want, env, libtest.AsIs)
		})
	}
}
