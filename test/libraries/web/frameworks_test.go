// SPDX-License-Identifier: Apache-2.0

// Package web has programs that use one web framework, logger or RPC library
// each.
package web

import (
	"os"
	"path/filepath"
	"testing"

	"libraries/libtest"
)

// A framework's program serves, asks itself, and prints the answers: those of
// the woven program are the plain one's, and its spans are as in spans.txt.
func TestFrameworks(t *testing.T) {
	for name, module := range map[string]string{
		"gin":   "github.com/gin-gonic/gin",
		"echo4": "github.com/labstack/echo/v4",
		"echo5": "github.com/labstack/echo/v5",
		"mux":   "github.com/gorilla/mux",
	} {
		t.Run(name, func(t *testing.T) {
			libtest.EachVersion(t, module, func(t *testing.T, _ string, requires []string) {
				compareBuilds(t, name, requires, "ask.go")
			})
		})
	}
}

// compareBuilds builds testdata/NAME plain and woven and compares the outputs,
// and the spans with testdata/NAME/spans.txt. The files of testdata that are
// named belong to the program too.
func compareBuilds(t *testing.T, name string, requires []string, shared ...string) libtest.Exported {
	t.Helper()
	_, exported := compareExecutables(t, name, requires, shared...)
	return exported
}

// compareExecutables is compareBuilds, which returns the woven executable too.
func compareExecutables(t *testing.T, name string, requires []string, shared ...string) (string, libtest.Exported) {
	t.Helper()
	p := libtest.NewProgram(t, filepath.Join("testdata", name), requires...)
	for _, file := range shared {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		p.Write(t, file, string(text))
	}
	p.Complete(t, requires...)
	plain := libtest.Run(t, p.Plain(t), nil)
	executable := p.Woven(t)
	woven, exported := libtest.RunWoven(t, executable, []string{"OTEL_METRICS_EXPORTER=otlp"})
	if woven != plain {
		t.Errorf("the woven program's output differs:\n%s", libtest.Difference(plain, woven))
	}
	if exported.Holds("planted-secret-4711") {
		t.Error("a secret was exported")
	}
	libtest.Golden(t, filepath.Join(name, "spans.txt"), render(exported.Spans))
	libtest.RunRace(t, p, plain, nil, libtest.AsIs)
	return executable, exported
}
