// SPDX-License-Identifier: Apache-2.0

// Package leaving has what is to be done before the last flush of a process: spans
// that only an end of the process ends.
package leaving

import "sync"

var (
	mu    sync.Mutex
	steps []func()
)

// Before has f be called before the last flush, on a goroutine of its own. It must
// not wait for the program.
func Before(f func()) {
	mu.Lock()
	defer mu.Unlock()
	steps = append(steps, f)
}

// Run calls what Before was given. For who flushes, and may be called again.
func Run() {
	mu.Lock()
	all := steps[:len(steps):len(steps)]
	mu.Unlock()
	for _, f := range all {
		f()
	}
}
