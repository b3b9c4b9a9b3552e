// SPDX-License-Identifier: Apache-2.0

package web

import (
	"path/filepath"
	"strings"
	"testing"

	"libraries/libtest"
)

// What a program keeps out of its logs isn't in the records that are exported
// either; what its handlers, cores and hooks add is. Each record is exported once.
func TestExportedRecordsAreWhatIsPrinted(t *testing.T) {
	for name, module := range map[string]string{
		"redaction_slog":     "",
		"redaction_zap":      "go.uber.org/zap",
		"redaction_logrus":   "github.com/sirupsen/logrus",
		"redaction_logs_api": "go.opentelemetry.io/contrib/bridges/otelslog@v0.21.0",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test := func(t *testing.T, _ string, requires []string) {
				p := libtest.NewProgram(t, filepath.Join("testdata", name), requires...)
				p.Complete(t, requires...)
				records := exported(t, p.Woven(t))
				if strings.Contains(records, "planted") || strings.Contains(records, "4711") {
					t.Errorf("a secret was exported:\n%s", records)
				}
				libtest.Golden(t, filepath.Join(name, "exported.txt"), records)
			}
			if module == "" || strings.Contains(module, "@") {
				test(t, "", strings.Fields(module))
				return
			}
			libtest.EachVersion(t, module, test)
		})
	}
}
