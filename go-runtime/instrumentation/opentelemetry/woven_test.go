// SPDX-License-Identifier: Apache-2.0

package opentelemetry_test

import (
	"os"
	"os/exec"
	"testing"

	"otel.runtime/internal/weavetest"
)

// The provider is the one that the support module brings, and one of the program's own.
func TestSpansOfTheProgramItself(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		woven := weavetest.NewProgram(t, toolchain, "testdata/app").Woven(t)
		for _, provider := range []string{"ours", "own"} {
			cmd := exec.Command(woven, provider)
			cmd.Env = append(os.Environ(), "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none", "GOMAXPROCS=2")
			out, err := cmd.CombinedOutput()
			if err != nil || string(out) != "done\n" {
				t.Errorf("%s: %v\n%s", provider, err, out)
			}
		}
	})
}
