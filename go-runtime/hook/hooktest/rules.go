// SPDX-License-Identifier: Apache-2.0

package hooktest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Rule is one rule, its keys as in the file.
type Rule map[string]string

// ruleFile is one file under rulesets.
type ruleFile struct {
	dir   string // of the rule file; what a file rule's path is relative to
	hooks string // import path of the package that has the hooks
	rules []Rule
}

// readRules reads the subset of YAML that the rule sets are written in: one
// "key: value" a line, "  - name: x" starts a rule.
func readRules(t testing.TB, path string) ruleFile {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := ruleFile{dir: filepath.Dir(path)}
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimRight(line, " ")
		if line == "" || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		if strings.HasPrefix(line, "  - ") {
			file.rules = append(file.rules, Rule{})
			line = "    " + line[len("  - "):]
		}
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.Trim(strings.TrimSpace(value), "'\"")
		switch {
		case strings.HasPrefix(line, "    "):
			file.rules[len(file.rules)-1][key] = value
		case key == "hooks":
			file.hooks = value
		}
	}
	return file
}
