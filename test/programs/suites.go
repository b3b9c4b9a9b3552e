// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// results are what became of tests, "pass", "fail" or "skip", by package and name.
type results map[string]string

// test runs tests of packages by go, or by otel go.
func (s *source) test(t *testing.T, packages []string, words ...string) results {
	t.Helper()
	args := append(slices.Clone(words[1:]), append([]string{"test", "-json", "-count=1", "-vet=off", "-timeout=20m"}, packages...)...)
	cmd := exec.Command(words[0], args...)
	cmd.Dir = s.folder
	cmd.Env = append(slices.Clone(s.env), "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none")
	cmd.Env = append(cmd.Env, s.program.TestEnv...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	of := results{}
	decoder := json.NewDecoder(&out)
	for decoder.More() {
		var event struct{ Package, Test, Action string }
		if err := decoder.Decode(&event); err != nil {
			t.Fatalf("%s %s: %v\n%s", words[0], strings.Join(args, " "), err, said.String())
		}
		if slices.Contains([]string{"pass", "fail", "skip"}, event.Action) {
			of[event.Package+" "+event.Test] = event.Action
		}
	}
	if len(of) == 0 {
		t.Fatalf("%s %s: no test was run\n%s", words[0], strings.Join(args, " "), said.String())
	}
	return of
}

// differing are the tests that fail in one of two runs only, or are only there.
func differing(plain, woven results) (tests []string) {
	for test := range maps.Keys(plain) {
		if (plain[test] == "fail") != (woven[test] == "fail") || woven[test] == "" {
			tests = append(tests, test)
		}
	}
	slices.Sort(tests)
	return tests
}

// packagesOf are those of tests.
func packagesOf(tests []string) (packages []string) {
	for _, test := range tests {
		path, _, _ := strings.Cut(test, " ")
		packages = append(packages, path)
	}
	slices.Sort(packages)
	return slices.Compact(packages)
}

func (r results) count(what string) (n int) {
	for test, result := range r {
		if result == what && !strings.HasSuffix(test, " ") { // of a test, not a package
			n++
		}
	}
	return n
}
