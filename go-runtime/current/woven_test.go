// SPDX-License-Identifier: Apache-2.0

package current_test

import (
	"os/exec"
	"testing"

	"otel.runtime/internal/weavetest"
)

func TestGoroutinesOfAWovenRuntime(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		program := weavetest.NewProgram(t, toolchain, "testdata/goroutines")
		for _, flags := range [][]string{nil, {"-race"}} {
			out, err := exec.Command(program.Woven(t, flags...)).CombinedOutput()
			if err != nil || string(out) != "done\n" {
				if len(out) > 3000 {
					out = out[:3000]
				}
				t.Errorf("go build %v: %v\n%s", flags, err, out)
			}
		}
	})
}
