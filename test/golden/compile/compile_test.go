// SPDX-License-Identifier: Apache-2.0

// Package compile has the Go toolchain judge what the golden cases want: woven packages, their hooks and glue
// must compile, and in a program with all of them each hook must be called.
package compile

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// bytes as golden/txtar.h writes them.
var written = strings.NewReplacer("<BOM>", "\uFEFF", "<CR>\n", "\r\n", "<END>\n", "")

// readCase returns the sections of an archive by name.
func readCase(t *testing.T, path string) map[string]string {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	name := "comment"
	for _, line := range strings.SplitAfter(string(data), "\n") {
		if strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --\n") {
			name = strings.TrimSuffix(strings.TrimPrefix(line, "-- "), " --\n")
			continue
		}
		sections[name] += line
	}
	for name, text := range sections {
		sections[name] = written.Replace(text)
	}
	return sections
}

func write(t *testing.T, path, text string) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// writeCase makes the package golden/<name> of a case, and returns what a program imports of it.
func writeCase(t *testing.T, root, name string, sections map[string]string) []string {
	directory := filepath.Join(root, name)
	imports := []string{"golden/" + name}
	for section, text := range sections {
		want, wanted := strings.CutPrefix(section, "want.")
		glue, isGlue := strings.CutPrefix(section, "want.glue/")
		runTime, isRunTime := strings.CutPrefix(section, "want.runtime/")
		added, isAdded := strings.CutPrefix(section, "want.added/")
		switch {
		case isAdded:
			write(t, filepath.Join(directory, added), text)
		case isRunTime:
			write(t, filepath.Join(root, "runtime", runTime), text)
		case isGlue:
			write(t, filepath.Join(directory, "glue", glue), text)
		case section == "want.go":
			write(t, filepath.Join(directory, "in.go"), text)
		case section == "want.variables.go":
			write(t, filepath.Join(directory, "otel.weave.go"), text)
		case wanted && !strings.HasSuffix(want, ".go"):
		case section == "in.go" && sections["want.go"] != "":
		case strings.HasPrefix(section, "hooks."):
			write(t, filepath.Join(directory, "hooks", section), telling(t, name, text))
		case strings.HasPrefix(section, "lib."):
			write(t, filepath.Join(directory, "lib", section), text)
		case strings.HasSuffix(section, ".go"), strings.HasSuffix(section, ".s"):
			write(t, filepath.Join(directory, section), text)
		}
		if isGlue && len(imports) == 1 {
			imports = append(imports, "golden/"+name+"/glue")
		}
	}
	return imports
}

// writeRuntime makes the module otel.runtime of the one package that glue calls, what that imports, and an empty start;
// and beneath it the module that hooks import.
func writeRuntime(t *testing.T, root string) {
	write(t, filepath.Join(root, "go.mod"), "module otel.runtime\n\ngo 1.22\n\nrequire otel.example/hook v0.0.0\n")
	write(t, filepath.Join(root, "sdk/start/start.go"), "package start\n")
	for _, name := range []string{"hook", "internal/redact", "internal/trouble"} {
		copyPackage(t, filepath.Join("go-runtime", name), filepath.Join(root, name))
	}
	write(t, filepath.Join(root, "hook_module", "go.mod"), "module otel.example/hook\n\ngo 1.20\n")
	for _, name := range []string{"", "internal/layout"} {
		copyPackage(t, filepath.Join("go-hook", name), filepath.Join(root, "hook_module", name))
	}
}

// copyPackage copies the Go files of a directory of the repository, without tests.
func copyPackage(t *testing.T, from, to string) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", from, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no Go files in %s", from)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(to, filepath.Base(file)), string(data))
	}
}

func run(t *testing.T, directory string, words ...string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, words[0], words[1:]...)
	command.Dir = directory
	command.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local")
	output, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v\n%s", strings.Join(words, " "), err, output)
	}
	return string(output)
}

func TestEverythingWantedCompilesAndRuns(t *testing.T) {
	paths, _ := filepath.Glob("../*.txtar")
	if len(paths) < 30 {
		t.Fatalf("%d cases", len(paths))
	}
	root := t.TempDir()
	write(t, filepath.Join(root, "go.mod"),
		"module golden\n\ngo 1.22\n\nrequire otel.runtime v0.0.0\n\nrequire otel.example/hook v0.0.0\n\n"+
			"replace otel.runtime => ./runtime\n\nreplace otel.example/hook => ./runtime/hook_module\n")
	writeRuntime(t, filepath.Join(root, "runtime"))
	main, calls := "package main\n\nimport (\n", ""
	var want []string // lines of hooks
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		sections := readCase(t, path)
		// What is an error for otel, or for the compiler anyway, has no output.
		if sections["want.error"] != "" || strings.HasSuffix(name, "_does_not_parse") {
			continue
		}
		hooks := hooksOf(sections)
		for i, path := range writeCase(t, root, name, sections) {
			as := "_"
			if i == 0 && len(hooks) > 0 {
				as = fmt.Sprintf("case%d", len(want))
				calls += fmt.Sprintf("\tprintln(%q)\n\t%s.OtelCallAll(call)\n", "case "+name, as)
				write(t, filepath.Join(root, name, "call_all.go"), caller(t, name, sections["in.go"]))
			}
			main += fmt.Sprintf("\t%s %q\n", as, path)
		}
		for _, hook := range hooks {
			want = append(want, name+"."+hook)
		}
	}
	write(t, filepath.Join(root, "main.go"), main+"\n\t\"time\"\n)\n"+call+"\nfunc main() {\n"+calls+"\tprintln(\"linked\")\n}\n")
	program := filepath.Join(root, "program")
	run(t, root, "go", "build", "./...")
	run(t, root, "go", "build", "-o", program, ".")
	output := run(t, root, program)
	called := map[string]bool{}
	for _, line := range strings.Split(output, "\n") {
		called[line] = true
	}
	for _, hook := range want {
		if !called[hook] && unreached[hook] == "" {
			t.Errorf("%s isn't called", hook)
		}
	}
	if !strings.HasSuffix(output, "linked\n") {
		t.Errorf("the program printed %q", output)
	}
}
