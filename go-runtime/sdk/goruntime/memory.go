// SPDX-License-Identifier: Apache-2.0

package goruntime

import (
	"os"
	"strconv"
	"strings"
)

// memorySizes are in bytes, where there is a /proc as on Linux.
func memorySizes() (resident, virtual int64, known bool) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, 0, false
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0, 0, false
	}
	size, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return 0, 0, false
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize()), size * int64(os.Getpagesize()), err == nil
}

// openFiles counts file descriptors, likewise; the one that reads them is none
// of the program's.
func openFiles() (n int64, known bool) {
	folder, err := os.Open("/proc/self/fd")
	if err != nil {
		return 0, false
	}
	defer folder.Close()
	names, err := folder.Readdirnames(-1)
	return int64(len(names)) - 1, err == nil && len(names) > 0
}
