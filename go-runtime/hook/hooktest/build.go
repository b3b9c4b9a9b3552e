// SPDX-License-Identifier: Apache-2.0

package hooktest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// module is the folder of otel.runtime, rulesets that of the rule files.
var module, rulesets = func() (string, string) {
	_, file, _, _ := runtime.Caller(0)
	module := filepath.Dir(filepath.Dir(filepath.Dir(file)))
	return module, filepath.Join(filepath.Dir(module), "rulesets")
}()

// oldOTel is the oldest version of the OpenTelemetry API that must do. It also
// is one that every toolchain here can build, which the newest isn't.
const oldOTel = "v1.24.0"

// Toolchains runs test with the go command in PATH, and with each one that
// OTEL_TEST_TOOLCHAINS lists ("go1.25.14 go1.27.4"), as a GOTOOLCHAIN value.
func Toolchains(t *testing.T, test func(t *testing.T, toolchain string)) {
	if testing.Short() {
		t.Skip("builds programs with a woven runtime")
	}
	for _, toolchain := range append([]string{"local"}, strings.Fields(os.Getenv("OTEL_TEST_TOOLCHAINS"))...) {
		toolchain := toolchain
		t.Run(toolchain, func(t *testing.T) { test(t, toolchain) })
	}
}

// Build builds the main package in folder dir of this module, woven by the
// named rule files ("runtime.yaml") and no others, and returns the program.
// flags are go build's.
func Build(t testing.TB, toolchain, dir string, rules []string, flags ...string) string {
	t.Helper()
	w := newWeaver(t, toolchain)
	imports := `"otel.runtime/hook"`
	for _, name := range rules {
		file := readRules(t, filepath.Join(rulesets, name))
		w.weave(file)
		if file.hooks != "" {
			imports += fmt.Sprintf("; %q", file.hooks)
		}
	}
	if len(w.glue) > 0 {
		glue := "package main\n\nimport (_ \"unsafe\"; \"net/http\"; " + imports + ")\n\nvar _ http.Handler\n" + strings.Join(w.glue, "\n")
		w.replace[filepath.Join(module, dir, "otel.runtime.go")] = w.write("glue.go", glue)
	}
	program := filepath.Join(w.work, "program")
	args := append([]string{"build", "-overlay", w.overlay(), "-modfile", w.modfile(), "-mod=mod", "-trimpath", "-o", program}, flags...)
	w.run(append(args, "./"+dir)...)
	return program
}

func newWeaver(t testing.TB, toolchain string) *weaver {
	w := &weaver{t: t, goCommand: "go", work: t.TempDir(), sources: map[string]*source{}, replace: map[string]string{}}
	w.env = append(os.Environ(), "GOTOOLCHAIN="+toolchain, "GOWORK=off", "GOFLAGS=-buildvcs=false")
	// A downloaded toolchain lies in the module cache, where go refuses overlay
	// entries: by another name it doesn't.
	w.goroot = filepath.Join(w.work, "goroot")
	if err := os.Symlink(strings.TrimSpace(w.run("env", "GOROOT")), w.goroot); err != nil {
		t.Fatal(err)
	}
	w.goCommand = filepath.Join(w.goroot, "bin", "go")
	w.env = append(w.env, "GOTOOLCHAIN=local", "GOROOT="+w.goroot)
	return w
}

// overlay writes the woven sources and go's overlay file, which it returns.
func (w *weaver) overlay() string {
	for path, s := range w.sources {
		if len(s.edits) > 0 {
			w.replace[path] = w.write(fmt.Sprintf("woven%d.go", len(w.replace)), s.woven())
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": w.replace})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.write("overlay.json", string(text))
}

// write writes a file of the work folder, and returns its path.
func (w *weaver) write(name, text string) string {
	path := filepath.Join(w.work, name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// modfile is a go.mod that requires the oldest OpenTelemetry.
func (w *weaver) modfile() string {
	text := "module otel.runtime\n\ngo 1.20\n\nrequire (\n"
	for _, name := range []string{"otel", "otel/trace", "otel/sdk"} {
		text += "\tgo.opentelemetry.io/" + name + " " + oldOTel + "\n"
	}
	return w.write("go.mod", text+")\n")
}

// run is what the go command prints on stdout; the test ends if it fails.
func (w *weaver) run(args ...string) string {
	w.t.Helper()
	cmd := exec.Command(w.goCommand, args...)
	cmd.Dir, cmd.Env = module, w.env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out)
}

var addresses = regexp.MustCompile(`0x[0-9a-f]+`)

// NoAddresses is text with each hexadecimal number replaced: what two builds of
// a program may print differently.
func NoAddresses(text string) string { return addresses.ReplaceAllString(text, "0x") }
