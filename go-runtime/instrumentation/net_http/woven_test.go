// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"os"
	"os/exec"
	"testing"

	"otel.runtime/internal/weavetest"
)

func TestWovenNetHTTP(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		shop := weavetest.NewProgram(t, toolchain, "testdata/shop")
		for _, flags := range [][]string{nil, {"-race"}, {"-tags=nethttpomithttp2"}} {
			program := shop.Woven(t, flags...)
			if len(flags) > 0 && flags[0] != "-race" {
				continue // it is enough that it builds
			}
			for _, run := range []struct {
				args []string
				mux  string
			}{{nil, "0"}, {[]string{"old mux"}, "1"}} {
				cmd := exec.Command(program, run.args...)
				cmd.Env = append(os.Environ(), "GODEBUG=httpmuxgo121="+run.mux)
				out, err := cmd.CombinedOutput()
				if err != nil || string(out) != "done\n" {
					if len(out) > 5000 {
						out = out[:5000]
					}
					t.Errorf("go build %v, program %v: %v\n%s", flags, run.args, err, out)
				}
			}
		}
	})
}
