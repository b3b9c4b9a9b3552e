// SPDX-License-Identifier: Apache-2.0

// Package weavetest builds programs with "otel go build", for tests of the run
// time in woven programs. It is no part of what otel brings into a build. To go
// test's cache these tests depend on less than they do: use -count=1.
package weavetest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// module is the folder of otel.runtime.
var module = func() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}()

// hookModule is the folder of the module that hooks import.
var hookModule = filepath.Join(filepath.Dir(module), "go-hook")

// requirements are the oldest that the support module must do with. They also are
// what every toolchain here can build, which the newest OpenTelemetry isn't.
const requirements = `
go 1.20

require (
	go.opentelemetry.io/otel v1.24.0
	go.opentelemetry.io/otel/sdk v1.24.0
	go.opentelemetry.io/otel/sdk/metric v1.24.0
	go.opentelemetry.io/otel/trace v1.24.0
)
`

// Toolchains runs test with the go command in PATH, and with each one that
// OTEL_TEST_TOOLCHAINS lists ("go1.25.14 go1.27.4"), as a GOTOOLCHAIN value.
func Toolchains(t *testing.T, test func(t *testing.T, toolchain string)) {
	if testing.Short() {
		t.Skip("builds woven programs")
	}
	for _, toolchain := range append([]string{"local"}, strings.Fields(os.Getenv("OTEL_TEST_TOOLCHAINS"))...) {
		toolchain := toolchain
		t.Run(toolchain, func(t *testing.T) { test(t, toolchain) })
	}
}

// Program is a main package as a module of its own, which uses the support module as
// it lies here.
type Program struct {
	folder string
	flags  []string
	env    []string
}

// NewProgram copies the main package in folder dir, in a module that has the
// folder's name.
func NewProgram(t testing.TB, toolchain, dir string) *Program {
	t.Helper()
	temporary := t.TempDir()
	p := &Program{
		folder: filepath.Join(temporary, "program"),
		flags:  []string{"-trimpath", "-overlay=" + filepath.Join(temporary, "overlay.json")},
		env: append(os.Environ(), "GOTOOLCHAIN="+toolchain, "GOWORK=off", "GOFLAGS=",
			"OTEL_GO_CACHE="+filepath.Join(temporary, "cache")),
	}
	if toolchain == "local" { // another one's sum is looked up
		// What is in the module cache is taken as it is, without asking a network.
		p.env = append(p.env, "GOSUMDB=off")
	}
	if err := os.Mkdir(p.folder, 0o777); err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(sources) == 0 {
		t.Fatalf("no Go files in %s", dir)
	}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(p.folder, filepath.Base(source)), string(text))
	}
	write(t, filepath.Join(p.folder, "go.mod"), fmt.Sprintf("module %s\n%s\nrequire otel.runtime v0.0.0\n\nreplace otel.runtime => %s\n\nreplace otel.example/hook => %s\n",
		filepath.Base(dir), requirements, module, hookModule))

	// The run time's own go.mod asks for more than the support module needs.
	lowered := filepath.Join(temporary, "runtime.mod")
	write(t, lowered, "module otel.runtime\n"+requirements+"\nrequire otel.example/hook v0.0.0\n")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(module, "go.mod"): lowered}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(temporary, "overlay.json"), string(overlay))
	p.run(t, "go", append([]string{"list", "-mod=mod", "-deps"}, p.flags...)...) // completes go.mod and go.sum
	return p
}

// Plain is the executable that go build makes.
func (p *Program) Plain(t testing.TB, flags ...string) string {
	t.Helper()
	return p.build(t, "plain", []string{"go", "build"}, flags)
}

// Woven is the executable that otel go build makes. A rule that fits and can't
// be woven is an error.
func (p *Program) Woven(t testing.TB, flags ...string) string {
	t.Helper()
	return p.build(t, "woven", []string{otel(t), "--strict", "go", "build"}, flags)
}

func (p *Program) build(t testing.TB, name string, words, flags []string) string {
	t.Helper()
	executable := filepath.Join(filepath.Dir(p.folder), name)
	words = append(append(append(words, p.flags...), "-o", executable), flags...)
	p.run(t, words[0], words[1:]...)
	return executable
}

func (p *Program) run(t testing.TB, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = p.folder, p.env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// otel is the path of the executable under test.
func otel(t testing.TB) string {
	t.Helper()
	path := os.Getenv("OTEL")
	if path == "" {
		path = filepath.Join(filepath.Dir(module), "build", "dev", "otel")
	}
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Fatalf("%v; build otel, or set OTEL to its path", err)
	}
	return path
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
