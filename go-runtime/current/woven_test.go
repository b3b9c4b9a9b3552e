// SPDX-License-Identifier: Apache-2.0

package current_test

import (
	"os/exec"
	"testing"

	"otel.runtime/hook/hooktest"
)

func TestGoroutinesOfAWovenRuntime(t *testing.T) {
	hooktest.Toolchains(t, func(t *testing.T, toolchain string) {
		for _, flags := range [][]string{nil, {"-race"}} {
			program := hooktest.Build(t, toolchain, "current/testdata/goroutines", []string{"runtime.yaml"}, flags...)
			out, err := exec.Command(program).CombinedOutput()
			if err != nil || string(out) != "done\n" {
				if len(out) > 3000 {
					out = out[:3000]
				}
				t.Errorf("go build %v: %v\n%s", flags, err, out)
			}
		}
	})
}
