// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is a main package of testdata as a module of its own, which requires
// one version of the library under test and nothing of OpenTelemetry.
type program struct {
	folder string
	env    []string
}

// newProgram copies testdata/NAME. Each requirement is "module version".
func newProgram(t *testing.T, name string, requirements ...string) *program {
	t.Helper()
	temporary := t.TempDir()
	p := &program{
		folder: filepath.Join(temporary, name),
		env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod",
			"OTEL_GO_CACHE="+filepath.Join(temporary, "cache")),
	}
	if err := os.Mkdir(p.folder, 0o777); err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob(filepath.Join("testdata", name, "*.go"))
	if err != nil || len(sources) == 0 {
		t.Fatalf("no Go files in testdata/%s", name)
	}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		p.write(t, filepath.Base(source), string(text))
	}
	module := fmt.Sprintf("module example.com/%s\n\ngo 1.25.0\n", name)
	for _, requirement := range requirements {
		module += "\nrequire " + requirement
	}
	p.write(t, "go.mod", module+"\n")
	p.run(t, "go", "list", "-deps") // completes go.mod and go.sum
	return p
}

func (p *program) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.folder, name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func (p *program) run(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = p.folder, p.env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// plain is the executable that go build makes.
func (p *program) plain(t *testing.T) string {
	t.Helper()
	p.run(t, "go", "build", "-o", "../plain")
	return filepath.Join(filepath.Dir(p.folder), "plain")
}

// woven is the executable that otel go build makes. A rule that fits and can't
// be woven is an error, and go.mod and go.sum stay what they are.
func (p *program) woven(t *testing.T, flags ...string) string {
	t.Helper()
	before := p.moduleFiles(t)
	otel, err := filepath.Abs(filepath.Join("..", "..", "..", "build", "dev", "otel"))
	if named := os.Getenv("OTEL"); named != "" {
		otel, err = named, nil
	}
	if err != nil {
		t.Fatal(err)
	}
	p.run(t, otel, append([]string{"--strict", "go", "build", "-mod=readonly", "-o", "../woven"}, flags...)...)
	if p.moduleFiles(t) != before {
		t.Error("go.mod or go.sum has changed")
	}
	return filepath.Join(filepath.Dir(p.folder), "woven")
}

func (p *program) moduleFiles(t *testing.T) (text string) {
	t.Helper()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(p.folder, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		text += string(data)
	}
	return text
}

// output is what a program writes, stdout and stderr in one; it must succeed.
func output(t *testing.T, executable string, env ...string) string {
	t.Helper()
	cmd := exec.Command(executable)
	cmd.Env = append(os.Environ(), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(2*time.Minute, func() { cmd.Process.Kill() })
	defer timer.Stop()
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(executable), err, out.String())
	}
	return out.String()
}
