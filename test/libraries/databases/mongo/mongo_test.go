// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"os"
	"strings"
	"testing"

	"databases/libtest"
	"databases/servers"
)

const secret = "planted-secret-4711"

// What is tested each time, and what with the whole matrix.
var versions = []struct {
	major, module string
	quick         bool
}{
	{"v1", "go.mongodb.org/mongo-driver@v1.11.1", false},
	{"v1", "go.mongodb.org/mongo-driver@v1.15.1", true},
	{"v1", "go.mongodb.org/mongo-driver@v1.17.10", false},
	{"v2", "go.mongodb.org/mongo-driver/v2@v2.0.0", false},
	{"v2", "go.mongodb.org/mongo-driver/v2@v2.9.3", false},
}

// ferret is the server's executable.
var ferret string

// server starts a server with nothing in it and returns its port.
func server(t *testing.T) string {
	port := servers.FreePort(t)
	servers.Start(t, port, nil, ferret, port, t.TempDir())
	return port
}

func TestMongoDriver(t *testing.T) {
	const module = "github.com/FerretDB/FerretDB@v1.24.0"
	program := libtest.NewProgram(t, "testdata/ferret", "1.25.0", module)
	program.Tidy(t, module)
	ferret = program.Plain(t)
	for _, v := range versions {
		if !v.quick && !libtest.Full() {
			continue
		}
		t.Run(v.module[strings.LastIndexByte(v.module, '@')+1:], func(t *testing.T) {
			program := libtest.NewProgram(t, "testdata/shop", "1.25.0", v.module)
			path, version, _ := strings.Cut(v.module, "@")
			for name, from := range map[string]string{"main.go": "shop/main.go", "connect.go": "connect_" + v.major + ".go.txt"} {
				text, err := os.ReadFile("testdata/" + from)
				if err != nil {
					t.Fatal(err)
				}
				program.Write(t, name, strings.ReplaceAll(string(text), "go.mongodb.org/mongo-driver", path))
			}
			program.Tidy(t, v.module)
			plain, woven := program.Plain(t), program.Woven(t)
			closed := servers.FreePort(t)
			want := libtest.Run(t, plain, []string{"PORT=" + server(t), "CLOSED=" + closed})
			port := server(t)
			got, exported := libtest.RunWoven(t, woven, []string{"PORT=" + port, "CLOSED=" + closed})
			if want != got {
				t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
			}
			if !strings.Contains(want, "\ndone\n") {
				t.Errorf("the program says:\n%s", want)
			}
			if exported.Holds(secret) {
				t.Error("a secret was exported")
			}
			libtest.Golden(t, version+".spans", exported.Text("port="+port, "port=PORT", ":"+port, ":PORT", closed, "CLOSED"))
		})
	}
}
