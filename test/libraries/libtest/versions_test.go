// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// README's table of versions is made of the rule sets and of the releases that
// are tested. OTEL_UPDATE_GOLDEN writes it.
func TestTableOfVersions(t *testing.T) {
	const head = "| module | releases that rules are for | tested each time | tested by `test/run full` |\n| --- | --- | --- | --- |\n"
	table := ""
	for _, l := range Libraries {
		var full []string
		for _, release := range l.Releases {
			full = append(full, release.Version)
		}
		table += fmt.Sprintf("| %s | %s | %s | %s |\n", l.Module, ranges(t, l.Module), l.Quick, strings.Join(full, ", "))
	}
	checkTable(t, "README.md", head, table)
}

var (
	rule    = regexp.MustCompile(`(?m)^  - name: `)
	ofRule  = regexp.MustCompile(`(?m)^ +package: +(\S+)$`)
	version = regexp.MustCompile(`(?m)^ +version: +"(.*)"$`)
)

// ranges are the version ranges of the rules for a module's packages.
func ranges(t *testing.T, module string) string {
	times := map[string]int{} // that a range stands there
	ruled := false
	for _, file := range ruleFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rule.Split(string(text), -1) {
			of := ofRule.FindStringSubmatch(r)
			if of == nil || of[1] != module && !strings.HasPrefix(of[1], module+"/") || strings.HasPrefix(of[1], module+"/v2") {
				continue
			}
			ruled = true
			if v := version.FindStringSubmatch(r); v != nil {
				times[v[1]]++
			}
		}
	}
	switch {
	case !ruled:
		return "all, through database/sql"
	case len(times) == 0:
		return "all"
	}
	// That of most rules: others are for what only some releases have.
	all := slices.Sorted(maps.Keys(times))
	return slices.MaxFunc(all, func(a, b string) int { return times[a] - times[b] })
}
