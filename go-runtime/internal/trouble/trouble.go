// SPDX-License-Identifier: Apache-2.0

// Package trouble is where the support module reports to the program's owner that
// something is wrong: a line on stderr that begins with "otel: ", never stdout.
package trouble

import (
	"os"
	"sync/atomic"
)

var to atomic.Pointer[func(line string)]

// Redirect has lines go elsewhere; nil restores stderr.
func Redirect(f func(line string)) {
	if f == nil {
		to.Store(nil)
		return
	}
	to.Store(&f)
}

// Tell tells a line, without its end. URLs in it lose their user and password.
func Report(line string) {
	line = Scrub(line)
	if f := to.Load(); f != nil {
		(*f)(line)
		return
	}
	Write(line)
}

// original is os.Stderr as the program found it.
var original = os.Stderr

// Write writes a line on stderr, in one piece. A program may have closed file
// descriptor 2, and have something else there by now, such as a connection:
// nothing is written to that.
func Write(line string) {
	if os.Stderr == original && !isStderr(original) {
		return
	}
	_, _ = os.Stderr.WriteString("otel: " + Scrub(line) + "\n")
}
