// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"os"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestMongoDriver(t *testing.T) {
	server := servers.BuildMongo(t)
	for major, path := range map[string]string{"v1": "go.mongodb.org/mongo-driver", "v2": "go.mongodb.org/mongo-driver/v2"} {
		libtest.EachVersion(t, path, func(t *testing.T, version string, requires []string) {
			program := libtest.NewProgram(t, "testdata/shop", requires...)
			for name, from := range map[string]string{"main.go": "shop/main.go", "connect.go": "connect_" + major + ".go.txt"} {
				text, err := os.ReadFile("testdata/" + from)
				if err != nil {
					t.Fatal(err)
				}
				program.Write(t, name, strings.ReplaceAll(string(text), "go.mongodb.org/mongo-driver", path))
			}
			program.Complete(t, requires...)
			plain, woven := program.Plain(t), program.Woven(t)
			closed := servers.FreePort(t)
			want := libtest.Run(t, plain, []string{"PORT=" + server.Start(t), "CLOSED=" + closed})
			port := server.Start(t)
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
			libtest.RunRace(t, program, want, []string{"PORT=" + server.Start(t), "CLOSED=" + closed}, libtest.AsIs)
			libtest.Golden(t, version+".spans", exported.Text("port="+port, "port=PORT", ":"+port, ":PORT", closed, "CLOSED"))
		})
	}
}
