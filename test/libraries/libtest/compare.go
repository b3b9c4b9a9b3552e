// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asking is the part that the programs of web frameworks have in common: a
// server, and a client of it that prints the answers.
var asking = filepath.Join(root, "test", "libraries", "libtest", "testdata", "ask.go")

// CompareServer tests a framework's program, testdata/NAME, with each version of
// its module. It serves, asks itself, and prints the answers: those of the woven
// program are the plain one's, and its spans are as in testdata/NAME/spans.txt.
// What else the program's text has for another module's is replaced: old, new, …
func CompareServer(t *testing.T, name, module string, replace ...string) {
	EachVersion(t, module, func(t *testing.T, _ string, requires []string) {
		p := NewProgram(t, filepath.Join("testdata", name), requires...)
		text, err := os.ReadFile(filepath.Join("testdata", name, "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		p.Write(t, "main.go", strings.NewReplacer(replace...).Replace(string(text)))
		if text, err = os.ReadFile(asking); err != nil {
			t.Fatal(err)
		}
		p.Write(t, "ask.go", string(text))
		Compare(t, p, name, requires)
	})
}

// CompareBuilds builds testdata/NAME plain and woven and compares the outputs,
// and the spans with testdata/NAME/spans.txt. It returns the woven executable.
func CompareBuilds(t *testing.T, name string, requires []string) (string, Exported) {
	t.Helper()
	return Compare(t, NewProgram(t, filepath.Join("testdata", name), requires...), name, requires)
}

// Compare is CompareBuilds for a program with more files than testdata/NAME has.
func Compare(t *testing.T, p *Program, name string, requires []string) (string, Exported) {
	t.Helper()
	p.Complete(t, requires...)
	plain := Run(t, p.Plain(t), nil)
	executable := p.Woven(t)
	woven, exported := RunWoven(t, executable, []string{"OTEL_METRICS_EXPORTER=otlp"})
	if woven != plain {
		t.Errorf("the woven program's output differs:\n%s", Difference(plain, woven))
	}
	if exported.Holds("planted-secret-4711") {
		t.Error("a secret was exported")
	}
	Golden(t, filepath.Join(name, "spans.txt"), render(exported.Spans))
	RunRace(t, p, plain, nil, AsIs)
	return executable, exported
}
