// SPDX-License-Identifier: Apache-2.0

package libtest

import "testing"

// RunRace runs the program woven and with the race detector, if all versions are
// tested: it must write what it wrote without. A race is written to stderr and
// changes the exit status. What clean does to the output is done to this one.
func RunRace(t testing.TB, program *Program, want string, env []string, clean func(string) string) {
	t.Helper()
	if !Full() {
		return
	}
	got, _ := RunWoven(t, program.Woven(t, "-race"), env)
	if got = clean(got); got != want {
		t.Errorf("with the race detector:\n%s", Difference(want, got))
	}
}

// AsIs is for outputs that are the same in each run.
func AsIs(output string) string { return output }
