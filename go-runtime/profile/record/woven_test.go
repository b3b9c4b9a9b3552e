// SPDX-License-Identifier: Apache-2.0

package record_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"otel.runtime/internal/weavetest"
)

func TestEachSampleKnowsItsSpan(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		program := weavetest.NewProgram(t, toolchain, "testdata/hot")
		for _, flags := range [][]string{nil, {"-race"}} {
			executable, directory := program.Woven(t, flags...), t.TempDir()
			own := filepath.Join(directory, "own")
			command := exec.Command(executable)
			command.Env = append(os.Environ(), "OTEL_PROFILES_EXPORTER=file", "OTEL_GO_PROFILES_DIRECTORY="+directory, "OTEL_GO_PROFILES_KINDS=all",
				"OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none", "OWN_PROFILE="+own)
			out, err := command.CombinedOutput()
			if err != nil || string(out) != "done\n" {
				t.Fatalf("go build %v: %v\n%s", flags, err, out)
			}
			checkCPU(t, one(t, directory, "cpu"), own, flags == nil)
			checkOthers(t, directory)
			if flags == nil {
				checkReplaced(t, executable)
			} else {
				checkRate(t, executable)
			}
		}
	})
}

// checkRate has the program set runtime.MemProfileRate, which isn't a data race of ours.
func checkRate(t *testing.T, executable string) {
	t.Helper()
	command := exec.Command(executable, "rate")
	command.Env = append(os.Environ(), "OTEL_PROFILES_EXPORTER=file", "OTEL_GO_PROFILES_DIRECTORY="+t.TempDir(), "OTEL_GO_PROFILES_KINDS=heap",
		"OTEL_GO_PROFILES_INTERVAL=100", "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none")
	if out, err := command.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
}

// checkReplaced has the program replaced by another one, which the timer of our profile
// must not kill.
func checkReplaced(t *testing.T, executable string) {
	t.Helper()
	directory := t.TempDir()
	command := exec.Command(executable, "replace")
	command.Env = append(os.Environ(), "OTEL_PROFILES_EXPORTER=file", "OTEL_GO_PROFILES_DIRECTORY="+directory, "OTEL_GO_PROFILES_KINDS=cpu",
		"OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none")
	if out, err := command.CombinedOutput(); err != nil || string(out) != "replaced\n" {
		t.Errorf("after syscall.Exec: %v\n%s", err, out)
	}
	// One before each attempt.
	all, _ := filepath.Glob(filepath.Join(directory, "*-cpu.pb.gz"))
	if len(all) != 2 {
		t.Fatalf("profiles: %v", all)
	}
	for i, want := range []bool{false, true} {
		found := false
		samples, text := rawProfile(t, all[i])
		for _, sample := range samples {
			found = found || sample.in("main.afterFailure")
		}
		if found != want {
			t.Errorf("profile %d:\n%s", i, text)
		}
	}
}

// one is the only profile of a kind in a directory.
func one(t *testing.T, directory, kind string) string {
	t.Helper()
	all, _ := filepath.Glob(filepath.Join(directory, "*-"+kind+".pb.gz"))
	if len(all) != 1 {
		t.Fatalf("profiles of kind %s: %v", kind, all)
	}
	return all[0]
}

// checkCPU has each function in the profile with complete stacks: the race detector's
// own functions, where most time is spent, hide who calls them.
func checkCPU(t *testing.T, file, own string, complete bool) {
	samples, text := rawProfile(t, file)
	for function, want := range map[string][]string{
		"main.inHandler":   {"route:[/handler/]", "span_name:[GET /handler/]", "trace_id:["},
		"main.inGoroutine": {"route:[/goroutine]", "span_id:["},
		"main.inDefer":     {"route:[/defer]"},
		"main.labelled":    {"route:[/labelled]", "customer:[ann]"},
		"main.afterwards":  {"route:[/afterwards]"},
		"main.inPool":      nil, // its worker was born outside of any request
		"main.outlived":    nil, // the request was over
	} {
		n := 0
		for _, sample := range samples {
			if !sample.in(function) {
				continue
			}
			n++
			for _, label := range want {
				if !strings.Contains(sample.labels, label) {
					t.Errorf("%s: no %s in %q", function, label, sample.labels)
				}
			}
			if want == nil && sample.labels != "" {
				t.Errorf("%s: %q", function, sample.labels)
			}
		}
		if n == 0 && complete {
			t.Errorf("no samples of %s in\n%s", function, text)
		}
	}
	for _, sample := range samples {
		if sample.in("main.ownProfile") {
			t.Errorf("ours goes on beside the program's own: %v", sample)
		}
	}
	// What is beneath a span that is over isn't looked for in a system call, during which
	// it may be freed.
	inKernel := 0
	for _, sample := range samples {
		if sample.in("syscall.Read") && strings.HasSuffix(sample.functions[0], ".Syscall6") {
			if inKernel++; sample.labels != "" {
				t.Errorf("in a system call: %v", sample)
			}
		}
	}
	if inKernel == 0 && complete {
		t.Errorf("no samples of a system call in\n%s", text)
	}
	n := 0
	theirs, text := rawProfile(t, own)
	for _, sample := range theirs {
		if sample.in("main.ownProfile") {
			n++
		}
		if sample.labels != "" {
			t.Errorf("the program's own profile has %q", sample.labels)
		}
	}
	if n == 0 && complete {
		t.Errorf("the program's own profile:\n%s", text)
	}
}

func checkOthers(t *testing.T, directory string) {
	for kind, function := range map[string]string{
		"heap": "main.allocate", "goroutine": "main.main.func1", "mutex": "main.contend.func1", "block": "main.contend",
	} {
		samples, text := rawProfile(t, one(t, directory, kind))
		found := false
		for _, sample := range samples {
			if found = sample.in(function); found {
				break
			}
		}
		if !found {
			t.Errorf("no %s in the profile of kind %s:\n%s", function, kind, text)
		}
	}
	// All goroutines of the program's, and no one of ours.
	waiting, ours := "", ""
	samples, text := rawProfile(t, one(t, directory, "goroutine"))
	for _, sample := range samples {
		for _, function := range sample.functions {
			switch {
			case function == "main.wait":
				waiting = sample.values[0]
			case strings.HasPrefix(function, "otel.runtime/profile"):
				ours = function
			}
		}
	}
	if waiting != "100" || ours != "" {
		t.Errorf("goroutines:\n%s", text)
	}
}
