// SPDX-License-Identifier: Apache-2.0

package gorm

import (
	"strings"
	"testing"

	"databases/libtest"
	"databases/servers"
)

const secret = "planted-secret-4711"

// What is tested each time, and what with the whole matrix.
var versions = []struct {
	gorm, driver string
	quick        bool
}{
	{"gorm.io/gorm@v1.22.0", "gorm.io/driver/mysql@v1.1.2", false},
	{"gorm.io/gorm@v1.25.9", "gorm.io/driver/mysql@v1.5.6", true},
	{"gorm.io/gorm@v1.31.2", "gorm.io/driver/mysql@v1.6.0", false},
}

func TestGorm(t *testing.T) {
	for _, v := range versions {
		if !v.quick && !libtest.Full() {
			continue
		}
		version := v.gorm[strings.LastIndexByte(v.gorm, '@')+1:]
		t.Run(version, func(t *testing.T) {
			program := libtest.NewProgram(t, "testdata/shop", "1.25.0", v.gorm, v.driver)
			program.Tidy(t, v.gorm, v.driver)
			plain, woven := program.Plain(t), program.Woven(t)
			want := libtest.Run(t, plain, []string{"PORT=" + servers.MariaDB(t)})
			port := servers.MariaDB(t)
			got, exported := libtest.RunWoven(t, woven, []string{"PORT=" + port})
			if want != got {
				t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
			}
			if !strings.Contains(want, "\ndone\n") {
				t.Errorf("the program says:\n%s", want)
			}
			if exported.Holds(secret) {
				t.Error("a secret was exported")
			}
			libtest.Golden(t, version+".spans", exported.Text("port="+port, "port=PORT", ":"+port, ":PORT"))
		})
	}
}
