// SPDX-License-Identifier: Apache-2.0

package script

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

type command = func(ts *testscript.TestScript, neg bool, args []string)

// commands are the words that stories have beyond testscript's own. Each is said at its function.
var commands = map[string]command{
	"archive_data":   archiveData,
	"await":          await,
	"code_blocks":    codeBlocks,
	"shell_block":    shellBlock,
	"compiled":       compiled,
	"ended":          ended,
	"expect":         expect,
	"importers":      importers,
	"kill_after":     killAfter,
	"kill_at_random": killAtRandom,
	"listening":      listening,
	"modules":        modules,
	"obeying":        obeying,
	"port":           port,
	"request":        request,
	"same_positions": samePositions,
	"signal":         sendSignal,
	"snapshot":       snapshot,
	"spans":          spans,
	"start":          start,
	"status":         status,
	"tamper":         tamper,
	"unchanged":      unchanged,
}

func usage(ts *testscript.TestScript, neg bool, ok bool, text string) {
	if neg {
		ts.Fatalf("! makes no sense before %s", text)
	}
	if !ok {
		ts.Fatalf("usage: %s", text)
	}
}

var (
	compileTool = regexp.MustCompile(`/compile(\.exe)? `)
	packageWord = regexp.MustCompile(` -p (\S+) `)
)

// compiledPackages reads what go build -x wrote.
func compiledPackages(log string) map[string]bool {
	found := map[string]bool{}
	for _, line := range strings.Split(log, "\n") {
		at := compileTool.FindStringIndex(line)
		if at == nil || strings.Contains(line, " -V=full") {
			continue
		}
		if name := packageWord.FindStringSubmatch(line[at[0]:]); name != nil {
			found[name[1]] = true
		}
	}
	return found
}

func print(ts *testscript.TestScript, names map[string]bool) {
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	sort.Strings(sorted)
	for _, name := range sorted {
		fmt.Fprintln(ts.Stdout(), name)
	}
}

// compiled LOG [within FILE]: import paths of the packages that a go build -x compiled, sorted; only those that are
// lines of FILE.
func compiled(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1 || len(args) == 3 && args[1] == "within", "compiled LOG [within FILE]")
	log := ts.ReadFile(args[0])
	if !strings.Contains(log, "WORK=") {
		ts.Fatalf("%s is not the stderr of a go build -x", args[0])
	}
	found := compiledPackages(log)
	if len(args) == 3 {
		within := map[string]bool{}
		for _, name := range strings.Fields(ts.ReadFile(args[2])) {
			within[name] = true
		}
		for name := range found {
			if !within[name] {
				delete(found, name)
			}
		}
	}
	print(ts, found)
}

// importers GRAPH PACKAGE…: the packages themselves and those that import one of them directly, sorted. GRAPH has a
// line "package import import …" for each package of a build: go list -deps -f '{{.ImportPath}} {{join .Imports " "}}'.
func importers(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 1, "importers GRAPH PACKAGE…")
	changed := map[string]bool{}
	for _, name := range args[1:] {
		changed[name] = false
	}
	found := map[string]bool{}
	for _, line := range strings.Split(ts.ReadFile(args[0]), "\n") {
		words := strings.Fields(line)
		for i, word := range words {
			_, is := changed[word]
			if is {
				found[words[0]] = true
			}
			if is && i == 0 {
				changed[word] = true
			}
		}
	}
	for name, seen := range changed {
		if !seen {
			ts.Fatalf("%s is not in %s", name, args[0])
		}
	}
	print(ts, found)
}

// modules FILE: what a binary was linked of, from the stdout of go version -m: "path version" a line, in their order. A
// replaced module has its replacement's version.
func modules(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "modules FILE")
	var linked []string
	for _, line := range strings.Split(ts.ReadFile(args[0]), "\n") {
		words := strings.Fields(line)
		if len(words) < 3 {
			continue
		}
		switch words[0] {
		case "dep":
			linked = append(linked, words[1]+" "+words[2])
		case "=>":
			path, _, _ := strings.Cut(linked[len(linked)-1], " ")
			linked[len(linked)-1] = path + " " + words[2]
		}
	}
	if len(linked) == 0 {
		ts.Fatalf("%s shows no modules", args[0])
	}
	fmt.Fprintln(ts.Stdout(), strings.Join(linked, "\n"))
}

// expect NAME VALUE: an environment variable's value is VALUE.
func expect(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "expect NAME VALUE")
	if got := ts.Getenv(args[0]); got != args[1] {
		ts.Fatalf("%s is %q, not %q", args[0], got, args[1])
	}
}

// snapshot NAME DIR: remembers every file and directory beneath DIR.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "snapshot NAME DIR")
	ts.Check(os.MkdirAll(filepath.Dir(snapshotPath(ts, args[0])), 0o755))
	ts.Check(os.WriteFile(snapshotPath(ts, args[0]), []byte(describeTree(ts, ts.MkAbs(args[1]))), 0o644))
}

// unchanged NAME DIR: bytes, mode and modification time of all that the snapshot saw are the same; nothing came or went.
func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "unchanged NAME DIR")
	before, err := os.ReadFile(snapshotPath(ts, args[0]))
	ts.Check(err)
	after := describeTree(ts, ts.MkAbs(args[1]))
	if string(before) != after {
		ts.Fatalf("%s changed; before:\n%s\nafter:\n%s", args[1], before, after)
	}
}

func snapshotPath(ts *testscript.TestScript, name string) string {
	return filepath.Join(ts.Getenv("WORK"), ".snapshots", name)
}
