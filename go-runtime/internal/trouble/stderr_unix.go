// SPDX-License-Identifier: Apache-2.0

//go:build linux || darwin

package trouble

import (
	"os"
	"syscall"
)

// identity is what file descriptor 2 was when the program started.
var identity = func() (s syscall.Stat_t) {
	_ = syscall.Fstat(2, &s)
	return s
}()

// isStderr reports whether the descriptor is what it was, or something that
// messages are commonly redirected to: a terminal, /dev/null, or a file that is
// only appended to.
func isStderr(f *os.File) bool {
	var now syscall.Stat_t
	if f.Fd() != 2 {
		return true
	}
	if syscall.Fstat(2, &now) != nil {
		return false
	}
	if now.Dev == identity.Dev && now.Ino == identity.Ino && now.Rdev == identity.Rdev {
		return true
	}
	switch now.Mode & syscall.S_IFMT {
	case syscall.S_IFCHR:
		return true
	case syscall.S_IFREG:
		flags, _, failed := syscall.Syscall(syscall.SYS_FCNTL, 2, syscall.F_GETFL, 0)
		return failed == 0 && flags&syscall.O_APPEND != 0
	}
	return false
}
