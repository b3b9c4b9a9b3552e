// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"bytes"
	"strings"
	"testing"
)

// reasonToShowMore is why a woven package can't show its importers the export data
// of a plain build: library.txt has it. What imports the package, by however many
// others, may be compiled anew. "" if there is no reason.
func reasonToShowMore(path string, isWoven map[string]bool) string {
	for key, reason := range showsMore {
		if named, rule, _ := strings.Cut(key, " "); named == path && (rule == "" || isWoven[key]) {
			return reason
		}
	}
	return ""
}

// ShowsTheSame checks that woven packages have the export data of plain ones, and
// that those that may differ do. isWoven has packages, and packages with a rule
// behind; before and after are the action IDs of the two
// builds, by import path.
func ShowsTheSame(t testing.TB, isWoven map[string]bool, before, after map[string]string) {
	t.Helper()
	for path := range isWoven {
		if before[path] == "" || after[path] == "" {
			continue // package main, or one that only the woven build has
		}
		same := bytes.Equal(exportData(t, before[path]), exportData(t, after[path]))
		switch reason := reasonToShowMore(path, isWoven); {
		case !same && reason == "":
			t.Errorf("woven, %s shows its importers other export data than before", path)
		case same && reason != "":
			t.Errorf("%s is said to show its importers other export data when woven (%s), but doesn't", path, reason)
		}
	}
}
