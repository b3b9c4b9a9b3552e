// SPDX-License-Identifier: Apache-2.0

//go:build unix

package goruntime

import (
	"syscall"
	"time"
)

func resourceUsage() (u usage, known bool) {
	var got syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &got) != nil {
		return u, false
	}
	return usage{
		user: time.Duration(got.Utime.Nano()), system: time.Duration(got.Stime.Nano()),
		majorFaults: int64(got.Majflt), minorFaults: int64(got.Minflt),
		voluntary: int64(got.Nvcsw), involuntary: int64(got.Nivcsw),
	}, true
}
