// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each file of testdata is named after a system, and has statements with what may
// be told of them. Whatever has "planted" in it is a value.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		system := strings.TrimSuffix(filepath.Base(file), ".txt")
		if _, known := readingsOf(system); known == (system == "other_sql") {
			t.Errorf("%s isn't in the table of dialects", system)
		}
		for _, entry := range strings.Split(strings.TrimRight(string(text), "\n"), "\n\n") {
			query, want, ok := strings.Cut(entry, "\n=> ")
			if !ok {
				t.Fatalf("%s: no expectation in %q", file, entry)
			}
			if got := describe(system, query).Text; got != want {
				t.Errorf("%s: %s\n got %s\nwant %s", system, query, got, want)
			}
			for _, reader := range []string{system, "other_sql", "", "something new"} {
				if told := everything(describe(reader, query)); strings.Contains(strings.ToLower(told), "planted") {
					t.Errorf("%s, read as %q: %s\ntells %s", system, reader, query, told)
				}
			}
		}
	}
}

// Each system in the table has a file, and with it statements.
func TestEverySystemHasStatements(t *testing.T) {
	for system := range dialects {
		if _, err := os.Stat(filepath.Join("testdata", system+".txt")); err != nil && system != "hive" && system != "vertica" {
			t.Error(err)
		}
	}
	for alias, of := range aliases {
		if _, known := dialects[of]; !known {
			t.Errorf("%s is an alias of %s, which isn't there", alias, of)
		}
	}
}

func everything(s *Statement) string {
	return s.Text + "\n" + s.Operation + "\n" + s.Collection + "\n" + s.Summary
}
