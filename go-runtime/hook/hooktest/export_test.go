// SPDX-License-Identifier: Apache-2.0

package hooktest

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var buildID = regexp.MustCompile(`build id "[^"]*"`)

// exportData is what a package's importers are compiled against.
func (w *weaver) exportData(pkg string, flags ...string) string {
	args := append([]string{"list", "-modfile", w.modfile(), "-mod=mod", "-export", "-trimpath", "-f", "{{.Export}}"}, flags...)
	archive := strings.TrimSpace(w.run(append(args, pkg)...))
	return buildID.ReplaceAllString(w.run("tool", "pack", "p", archive, "__.PKGDEF"), "")
}

// Were package runtime's export data to change, nearly every package would be
// compiled again.
func TestWovenRuntimeKeepsItsExportData(t *testing.T) {
	Toolchains(t, func(t *testing.T, toolchain string) {
		w := newWeaver(t, toolchain)
		w.weave(readRules(t, filepath.Join(rulesets, "runtime.yaml")))
		plain, woven := w.exportData("runtime"), w.exportData("runtime", "-overlay", w.overlay())
		if plain != woven || len(plain) < 1000 {
			t.Errorf("%d bytes of export data, woven %d, which differ", len(plain), len(woven))
		}
	})
}
