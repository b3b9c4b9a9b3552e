// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"os"
	"path/filepath"
	"runtime"

	"go.opentelemetry.io/otel/attribute"
)

// https://opentelemetry.io/docs/specs/semconv/resource/process/
func process(system) (all []attribute.KeyValue) {
	compiler := runtime.Compiler
	if compiler == "gc" {
		compiler = "go"
	}
	found := attributes{attribute.Int("process.pid", os.Getpid()), attribute.Int("process.parent_pid", os.Getppid())}
	found.text("process.runtime.name", compiler)
	found.text("process.runtime.version", runtime.Version())
	found.text("process.runtime.description", "go version "+runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH)
	found.text("process.executable.name", Executable())
	if path, err := os.Executable(); err == nil {
		found.text("process.executable.path", path)
	}
	return found
}

// Executable is the name that the program was started by. It is empty in a library
// that a C program has loaded: it may have no arguments.
func Executable() string {
	if len(os.Args) == 0 || os.Args[0] == "" {
		return ""
	}
	return filepath.Base(os.Args[0])
}
