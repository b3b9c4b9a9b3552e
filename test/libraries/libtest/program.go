// SPDX-License-Identifier: Apache-2.0

// Package libtest builds a program that uses a library, plain and woven, runs
// it, and has the spans that it exports.
package libtest

import (
	"bytes"
	"debug/buildinfo"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// root is the folder of the repository.
var root = func() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..", "..")
}()

// Program is a main package as a module of its own.
type Program struct {
	folder string
	env    []string
}

// NewProgram copies the Go files of folder dir to a module that requires the
// module versions given, "example.com/m@v1.2.3", and nothing of OpenTelemetry.
func NewProgram(t testing.TB, dir string, requires ...string) *Program {
	t.Helper()
	p := &Program{folder: t.TempDir()}
	p.env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	sources, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(sources) == 0 {
		t.Fatalf("no Go files in %s", dir)
	}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		p.Write(t, filepath.Base(source), string(text))
	}
	text := "module example.com/" + filepath.Base(dir) + "\n\ngo 1.25.0\n"
	for _, r := range requires {
		text += "\nrequire " + strings.Replace(r, "@", " ", 1) + "\n"
	}
	p.Write(t, "go.mod", text)
	return p
}

// Complete completes go.mod and go.sum, once all files are there, and ends the
// test if go chooses other versions than were asked for.
func (p *Program) Complete(t testing.TB, requires ...string) {
	t.Helper()
	p.run(t, "go", "list", "-mod=mod", "-deps")
	for _, r := range requires {
		module, version, _ := strings.Cut(r, "@")
		if got := strings.TrimSpace(p.run(t, "go", "list", "-m", "-f", "{{.Version}}", module)); got != version {
			t.Fatalf("%s: %s is what go chooses, not %s", module, got, version)
		}
	}
}

// Write writes a file of the program's.
func (p *Program) Write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.folder, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// Plain is the executable that go build makes.
func (p *Program) Plain(t testing.TB, flags ...string) string {
	t.Helper()
	return p.build(t, "plain", []string{"go", "build"}, flags)
}

// Woven is the executable that otel go build makes. A rule that can't be woven
// is an error, and so is anything else that otel says. What it builds with is as
// before: the versions of all modules, and the files of the program; nothing is
// compiled anew that needn't be.
func (p *Program) Woven(t testing.TB, flags ...string) string {
	t.Helper()
	before := p.read(t, "go.mod") + p.read(t, "go.sum")
	executable := p.build(t, "woven", []string{Otel(t), "--strict", "go", "build"}, flags)
	if p.read(t, "go.mod")+p.read(t, "go.sum") != before {
		t.Error("go.mod or go.sum has changed")
	}
	p.sharesCache(t, executable, flags)
	return executable
}

func (p *Program) build(t testing.TB, name string, words, flags []string) string {
	t.Helper()
	executable := filepath.Join(p.folder, name)
	words = append(append(words, flags...), "-o", executable)
	if said := p.run(t, words[0], words[1:]...); said != "" {
		t.Errorf("%s: %s", strings.Join(words, " "), said)
	}
	return executable
}

func (p *Program) read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.folder, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

func (p *Program) run(t testing.TB, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = p.folder, p.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Run runs an executable and returns what it has written, and its exit status.
func Run(t testing.TB, executable string, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(executable, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Dir = t.TempDir()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s-- stderr --\n%s-- %v", out.String(), errs.String(), cmd.ProcessState)
}

// SameModules checks that a woven executable is made of the module versions that
// the plain one is made of, and modules of OpenTelemetry and of ours besides.
func SameModules(t testing.TB, plain, woven string) {
	t.Helper()
	modules := func(executable string) (of map[string]string) {
		info, err := buildinfo.ReadFile(executable)
		if err != nil {
			t.Fatal(err)
		}
		of = map[string]string{}
		for _, m := range info.Deps {
			of[m.Path] = m.Version
		}
		return of
	}
	before, after := modules(plain), modules(woven)
	for path, version := range before {
		if after[path] != version {
			t.Errorf("%s is %q in the woven executable, %q in the plain one", path, after[path], version)
		}
	}
	for path := range after {
		if before[path] == "" && path != "otel.runtime" && path != hookModule(t) && !slices.Contains(ofTheSDK, path) && !strings.HasPrefix(path, "go.opentelemetry.io/") {
			t.Errorf("%s is in the woven executable only", path)
		}
	}
}

// hookModule is the path of the module that hooks import.
func hookModule(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go-hook", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimPrefix(first, "module ")
}

// ofTheSDK are what the OpenTelemetry SDK requires.
var ofTheSDK = []string{"github.com/cespare/xxhash/v2", "github.com/go-logr/logr", "github.com/go-logr/stdr", "github.com/google/uuid", "golang.org/x/sys"}

// Otel is the executable under test: of the variable OTEL, or of the build folder.
func Otel(t testing.TB) string {
	t.Helper()
	path := os.Getenv("OTEL")
	if path == "" {
		path = filepath.Join(root, "build", "dev", "otel")
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v; build otel, or set OTEL to its path", err)
	}
	return path
}
