// SPDX-License-Identifier: Apache-2.0

package gorm

import (
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

func TestGorm(t *testing.T) {
	libtest.EachVersion(t, "gorm.io/gorm", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/shop", requires...)
		program.Complete(t, requires...)
		closed := servers.FreePort(t)
		plain, woven := program.Plain(t), program.Woven(t)
		want := libtest.Run(t, plain, []string{"PORT=" + servers.MariaDB(t), "CLOSED=" + closed})
		port := servers.MariaDB(t)
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
		libtest.RunRace(t, program, want, []string{"PORT=" + servers.MariaDB(t), "CLOSED=" + closed}, libtest.AsIs)
		libtest.Golden(t, version+".spans", exported.Text("port="+port, "port=PORT", ":"+port, ":PORT", closed, "CLOSED"))
	})
}
