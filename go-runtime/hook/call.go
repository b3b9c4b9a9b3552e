// SPDX-License-Identifier: Apache-2.0

package hook

import "unsafe"

// Call is one call of a woven function, seen by its before and its after hook.
// It lies on the stack of the woven function: a hook must not keep it, nor use
// it on another goroutine.
//
// Woven packages can't import this one. They keep an unnamed struct that begins
// with the same layout, zeroed on entry, and test bit 0 of flags after the
// before hook. Its first two words are those of a closure (the code, and the one
// variable that it captured): the woven function defers its own Call.
type Call struct {
	code     uintptr
	self     *Call
	exit     func(*Call) // of the woven package: runs the after hook
	function *Function
	data     any
	flags    uintptr
}

// skipFlag is the bit of Call.flags by which the woven function knows that its
// body isn't to be run.
const skipFlag uintptr = 1

// Function names a woven function. There is one for each, never changed.
type Function struct {
	Package  string // import path
	Receiver string // "T", "*T", or "" for a function
	Name     string
}

// Enter sets what Call.Function answers, and returns the code of the closure
// that a Call is. For generated glue.
func Enter(c *Call, f *Function) (code uintptr) {
	c.function = f
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
func leave(c *Call) func() {
	return func() { c.exit(c) }
}

// Function names the woven function; nil if the glue does not say.
func (c *Call) Function() *Function { return c.function }

// Data is what SetData left in this call, else nil.
func (c *Call) Data() any { return c.data }

// SetData keeps v for the after hook of the same call. A pointer in v costs no
// allocation.
func (c *Call) SetData(v any) { c.data = v }

// Skip keeps the woven function's body from being run. Called by a before
// hook, which also sets the results; the after hook is run as ever.
func (c *Call) Skip() { c.flags |= skipFlag }

// Skipped reports whether the before hook called Skip.
func (c *Call) Skipped() bool { return c.flags&skipFlag != 0 }
