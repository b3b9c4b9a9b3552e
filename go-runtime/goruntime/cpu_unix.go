// SPDX-License-Identifier: Apache-2.0

//go:build unix

package goruntime

import (
	"syscall"
	"time"
)

func cpuTime() (user, system time.Duration, known bool) {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0, 0, false
	}
	return time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano()), true
}
