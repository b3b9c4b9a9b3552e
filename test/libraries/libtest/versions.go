// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Full reports whether all versions are to be tested, not only one.
func Full() bool { return os.Getenv("OTEL_TEST_FULL") != "" }

// Release is a version of a library, with what it is tested with.
type Release struct {
	Version string
	// With are further requirements, "example.com/m@v1.2.3": a driver that goes
	// with the release, or what the Go release needs of one of its dependencies.
	With []string
}

// Library is a module under test.
type Library struct {
	Module   string
	Releases []Release // oldest first
	Quick    string    // the version that is tested each time: the one that was promised
}

// Libraries are all modules under test, those of each library.txt here:
//
//	module example.com/m
//	release v1.0.0                                  the oldest that is promised first, the newest last
//	release v1.2.0 each with example.com/n@v1.2.3   tested each time, and what it is tested with
//	shows example.com/m/p: why the woven package shows its importers other export data than a plain one
//
// "shows example.com/m/p rule: …" is for where that rule is woven.
var Libraries, showsMore = readLibraries(filepath.Join(root, "test", "libraries", "*", "library.txt"))

// readLibraries reads files of that form; one that isn't so is the author's
// mistake, and ends the test.
func readLibraries(pattern string) (libraries []Library, shows map[string]string) {
	shows = map[string]string{}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		panic(fmt.Sprintf("no files %s (%v)", pattern, err))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		of := -1 // of libraries
		for number, line := range strings.Split(string(text), "\n") {
			kind, rest, _ := strings.Cut(line, " ")
			switch {
			case line == "":
			case kind == "module":
				of, libraries = len(libraries), append(libraries, Library{Module: rest})
			case kind == "release" && of >= 0:
				libraries[of].add(strings.Fields(rest))
			case kind == "shows" && strings.Contains(rest, ": "):
				what, why, _ := strings.Cut(rest, ": ")
				shows[what] = why
			default:
				panic(fmt.Sprintf("%s:%d: what is this?", file, number+1))
			}
		}
	}
	return libraries, shows
}

// add takes what is behind "release".
func (l *Library) add(words []string) {
	r := Release{Version: words[0]}
	words = words[1:]
	if len(words) > 0 && words[0] == "each" {
		l.Quick, words = r.Version, words[1:]
	}
	if len(words) > 0 && words[0] == "with" {
		r.With, words = words[1:], nil
	}
	if len(words) > 0 {
		panic(fmt.Sprintf("%s %s: %q isn't understood", l.Module, r.Version, words))
	}
	l.Releases = append(l.Releases, r)
}

// EachVersion runs a test, named after the version, for each release of a module
// that is to be tested now. What it requires is the module first.
func EachVersion(t *testing.T, module string, test func(t *testing.T, version string, requires []string)) {
	at := slices.IndexFunc(Libraries, func(l Library) bool { return l.Module == module })
	if at < 0 {
		t.Fatalf("%s isn't among the libraries", module)
	}
	for _, release := range Libraries[at].Releases {
		if release.Version == Libraries[at].Quick || Full() {
			t.Run(release.Version, func(t *testing.T) {
				test(t, release.Version, append([]string{module + "@" + release.Version}, release.With...))
			})
		}
	}
}

// Promised is what is required to have each of some modules, "example.com/m", at
// the version that is tested each time.
func Promised(t testing.TB, modules ...string) (requires []string) {
	t.Helper()
	for _, module := range modules {
		at := slices.IndexFunc(Libraries, func(l Library) bool { return l.Module == module && l.Quick != "" })
		if at < 0 {
			t.Fatalf("%s isn't among the libraries", module)
		}
		requires = append(requires, module+"@"+Libraries[at].Quick)
		for _, release := range Libraries[at].Releases {
			if release.Version == Libraries[at].Quick {
				requires = append(requires, release.With...)
			}
		}
	}
	return requires
}

// Module is the path in a requirement, "example.com/m@v1.2.3".
func Module(requirement string) string {
	path, _, _ := strings.Cut(requirement, "@")
	return path
}
