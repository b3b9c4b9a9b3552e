// SPDX-License-Identifier: Apache-2.0

// Package environ is how the support module reads the environment, and files that it
// names. In a test binary it is read before go test's log of variables and files
// begins, by which a cached result is known to be out of date: so all that was
// read is read again then.
package environ

import (
	"os"
	"sync"
	_ "unsafe" // for go:linkname
)

var (
	mu    sync.Mutex
	names = map[string]bool{}
	files = map[string]bool{}
)

// Defined in the woven package testing/internal/testdeps
// (rulesets/testing/otel_test_log.go), called when the log has
// begun; there is none in other programs.
//
//go:linkname testLog testing/internal/testdeps.otelTestLog
var testLog func()

func init() { testLog = again }

// Get is os.Getenv.
func Get(name string) string {
	note(names, name)
	return os.Getenv(name)
}

// Note is for variables that others read, as the SDK does.
func Note(name ...string) {
	for _, name := range name {
		note(names, name)
	}
}

// ReadFile is os.ReadFile.
func ReadFile(name string) ([]byte, error) {
	note(files, name)
	return os.ReadFile(name)
}

func note(of map[string]bool, name string) {
	mu.Lock()
	defer mu.Unlock()
	of[name] = true
}

// again looks up what was looked up before, for the log alone.
func again() {
	mu.Lock()
	defer mu.Unlock()
	for name := range names {
		os.Getenv(name)
	}
	for name := range files {
		if file, err := os.Open(name); err == nil {
			file.Close()
		}
	}
}
