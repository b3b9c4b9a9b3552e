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
func TestWovenPackagesKeepTheirExportData(t *testing.T) {
	Toolchains(t, func(t *testing.T, toolchain string) {
		for pkg, rules := range map[string]string{"runtime": "runtime.yaml", "os/signal": "os_signal.yaml"} {
			w := newWeaver(t, toolchain)
			w.weave(readRules(t, filepath.Join(rulesets, rules)))
			plain, woven := w.exportData(pkg), w.exportData(pkg, "-overlay", w.overlay())
			if plain != woven || len(plain) < 1000 {
				t.Errorf("%s: %d bytes of export data, woven %d", pkg, len(plain), len(woven))
			}
		}
	})
}
