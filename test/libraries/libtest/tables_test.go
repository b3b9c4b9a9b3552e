// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	told      = regexp.MustCompile(`(?m)^description: '([^\n]*?): ([^\n]*)'$`)
	libraryOf = regexp.MustCompile(`(?m)^library: (\S+)$`)
)

// README's table of what is woven is made of the rule sets' descriptions.
// OTEL_UPDATE_GOLDEN writes it.
func TestTableOfLibraries(t *testing.T) {
	const head = "| library | spans |\n| --- | --- |\n"
	table := ""
	for _, file := range ruleFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if of := told.FindStringSubmatch(string(text)); of != nil {
			table += "| " + of[1] + " | " + strings.ReplaceAll(of[2], "''", "'") + " |\n"
		}
	}
	checkTable(t, "README.md", head, table)
}

// The run time's table of variables names the libraries that can be switched off.
func TestNamesToDisable(t *testing.T) {
	known, err := os.ReadFile(filepath.Join(root, "go-runtime", "internal", "switches", "names.go"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range ruleFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := libraryOf.FindSubmatch(text)
		if name == nil || !strings.Contains(string(known), `"`+string(name[1])+`"`) {
			continue // a part of another library
		}
		quoted := "`" + string(name[1]) + "`"
		if string(name[1]) == "net/http" {
			quoted += " (or a part: `net/http:server`, `net/http:client`, `net/http:metrics`)"
		}
		names = append(names, quoted)
	}
	slices.Sort(names)
	names = slices.Compact(names) // some libraries have rules for each major version
	checkTable(t, "go-runtime/README.md", "| `OTEL_GO_DISABLED_INSTRUMENTATIONS` | instrumentations to disable, with commas: ", strings.Join(names, ", ")+" |\n")
}

// checkTable compares what is behind head in a document, up to what is no table, or
// to the end of the line if head is a part of one.
func checkTable(t *testing.T, document, head, table string) {
	t.Helper()
	path := filepath.Join(root, document)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(text), head)
	if !found {
		t.Fatalf("%s has no table that begins\n%s", document, head)
	}
	end := strings.Index(after, "\n") + 1
	for strings.HasSuffix(head, "\n") && strings.HasPrefix(after[end:], "|") {
		end += strings.Index(after[end:], "\n") + 1
	}
	if after[:end] == table {
		return
	}
	if os.Getenv("OTEL_UPDATE_GOLDEN") == "" {
		t.Fatalf("%s: what follows %q is not\n%s", document, head, table)
	}
	if err := os.WriteFile(path, []byte(before+head+table+after[end:]), 0o666); err != nil {
		t.Fatal(err)
	}
}
