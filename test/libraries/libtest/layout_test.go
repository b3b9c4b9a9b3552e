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

// elsewhere are the libraries whose programs aren't here: they are of the
// standard library, or of the program itself, and part of the stories in
// test/script, of go-runtime's own tests and of most programs here.
var elsewhere = []string{"log", "net_http", "net_http2", "otel_span"}

var (
	hooksOf  = regexp.MustCompile(`(?m)^hooks: (\S+)$`)
	clause   = regexp.MustCompile(`(?m)^package ([a-z0-9]+)(_test)?$`)
	backTick = regexp.MustCompile("^\\| `([a-z]+)(/NAME)?` \\|")
)

// A library is one name in three places: its rules in rulesets, its hooks in
// go-runtime/instrumentation and its tests here.
func TestALibraryIsOneName(t *testing.T) {
	names := map[string]bool{}
	for _, file := range ruleFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		hooks := hooksOf.FindSubmatch(text)
		if hooks == nil {
			continue // what the run time itself needs
		}
		name := filepath.Base(filepath.Dir(file))
		names[name] = true
		if want := "otel.runtime/instrumentation/" + name; string(hooks[1]) != want {
			t.Errorf("%s: its hooks are in %s, not in %s", file, hooks[1], want)
		}
		sources, _ := filepath.Glob(filepath.Join(root, "go-runtime", "instrumentation", name, "*.go"))
		if len(sources) == 0 {
			t.Errorf("%s: no go-runtime/instrumentation/%s", file, name)
		}
		for _, source := range sources {
			text, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			if got := clause.FindSubmatch(text); got == nil || string(got[1]) != strings.ReplaceAll(name, "_", "") {
				t.Errorf("%s is of a package of another name", source)
			}
		}
		tests, _ := filepath.Glob(filepath.Join(root, "test", "libraries", name, "*_test.go"))
		if len(tests) == 0 != slices.Contains(elsewhere, name) {
			t.Errorf("%s: tests in test/libraries/%s: %d", file, name, len(tests))
		}
	}
	for _, name := range folders(t, "go-runtime", "instrumentation") {
		if !names[name] {
			t.Errorf("go-runtime/instrumentation/%s has no rules", name)
		}
	}
	if len(names) < 12 {
		t.Errorf("only %d libraries", len(names))
	}
}

// README.md of the run time says what its folders are for.
func TestFoldersOfTheRunTime(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "go-runtime", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, line := range strings.Split(string(text), "\n") {
		if name := backTick.FindStringSubmatch(line); name != nil && len(listed) < 20 {
			listed = append(listed, name[1])
		}
	}
	have := folders(t, "go-runtime")
	for _, name := range have {
		if !slices.Contains(listed, name) {
			t.Errorf("go-runtime/%s isn't in the table of go-runtime/README.md", name)
		}
	}
	if len(have) > 12 {
		t.Errorf("%d folders in go-runtime: %v", len(have), have)
	}
}

// folders are the folders in one of the repository.
func folders(t *testing.T, path ...string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

// ruleFiles are the files of the rule sets, with those that are optional.
func ruleFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"*", "optional/*"} {
		some, err := filepath.Glob(filepath.Join(root, "rulesets", pattern, "rules.yaml"))
		if err != nil || len(some) == 0 {
			t.Fatal("no rule sets")
		}
		files = append(files, some...)
	}
	return files
}
