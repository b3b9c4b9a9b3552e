// SPDX-License-Identifier: Apache-2.0

package goruntime

import (
	"os"
	"strconv"
	"strings"
)

// residentMemory in bytes, where there is a /proc as on Linux.
func residentMemory() (int64, bool) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, false
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize()), err == nil
}
