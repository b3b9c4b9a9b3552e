// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"path/filepath"
	"strings"
	"testing"
)

// CheckRecords tests a logger's program, testdata/NAME, with each version of its
// module; "" for the standard library's. What it keeps out of its logs isn't in the
// records that are exported either; what its handlers, cores and hooks add is.
// Each record is exported once.
func CheckRecords(t *testing.T, name, module string) {
	t.Parallel()
	eachVersion(t, module, func(t *testing.T, requires []string) {
		p := NewProgram(t, filepath.Join("testdata", name), requires...)
		p.Complete(t, requires...)
		records := printedRecords(t, p.Woven(t))
		if strings.Contains(records, "planted") || strings.Contains(records, "4711") {
			t.Errorf("a secret was exported:\n%s", records)
		}
		Golden(t, filepath.Join(name, "exported.txt"), records)
	})
}
