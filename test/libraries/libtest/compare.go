// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Asking is the part that the programs of web frameworks have in common: a
// server, and a client of it that prints the answers.
var Asking = filepath.Join(root, "test", "libraries", "libtest", "testdata", "ask.go")

// CompareServer tests a framework's program, testdata/NAME, with each version of
// its module. It serves, asks itself, and prints the answers: those of the woven
// program are the plain one's, and its spans are as in testdata/NAME/spans.txt.
func CompareServer(t *testing.T, name, module string) {
	EachVersion(t, module, func(t *testing.T, _ string, requires []string) {
		CompareBuilds(t, name, requires, Asking)
	})
}

// CompareBuilds builds testdata/NAME plain and woven and compares the outputs,
// and the spans with testdata/NAME/spans.txt. The files whose paths are given
// belong to the program too. It returns the woven executable.
func CompareBuilds(t *testing.T, name string, requires []string, shared ...string) (string, Exported) {
	t.Helper()
	p := NewProgram(t, filepath.Join("testdata", name), requires...)
	for _, file := range shared {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p.Write(t, filepath.Base(file), string(text))
	}
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
