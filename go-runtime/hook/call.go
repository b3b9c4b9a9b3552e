// SPDX-License-Identifier: Apache-2.0

package hook

import "unsafe"

// woven is a Call as woven functions declare it, which can import no package of
// ours: an unnamed struct, zeroed on entry. Its first two words are those of a
// closure (the code, and the one variable that it captured): the woven function
// defers its own Call.
type woven struct {
	code     uintptr
	self     *woven
	exit     func(*woven) // of the woven package: runs the after hook
	function *Function
	data     any
	flags    uintptr // bit 0: the body isn't to be run
}

// Enter sets what Call.Function answers, and returns the code of the closure
// that a Call is. For generated glue.
func Enter(c *Call, f *Function) (code uintptr) {
	(*woven)(unsafe.Pointer(c)).function = f
	return exitCode
}

// exitCode is where the code of leave's closure begins: the first word of any of
// its values.
var exitCode = func() uintptr {
	f := leave(nil)
	return **(**uintptr)(unsafe.Pointer(&f))
}()

// leave makes the closure that a Call imitates. What it captures is never
// assigned again, so it is captured by value, as the one word behind the code.
//
//go:noinline
func leave(c *woven) func() {
	return func() { c.exit(c) }
}
