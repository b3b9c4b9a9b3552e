// SPDX-License-Identifier: Apache-2.0

package hook

// Call is one call of a woven function, seen by its before and its after hook.
// It lies on the stack of the woven function: a hook must not keep it, nor use
// it on another goroutine.
//
// Woven packages can't import this one. They keep an unnamed struct of the
// same layout, struct { function unsafe.Pointer; data interface{}; flags
// uintptr }, zeroed on entry, and test bit 0 of flags after the before hook.
type Call struct {
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

// Enter sets what Call.Function answers. For generated glue.
func Enter(c *Call, f *Function) { c.function = f }

// Function names the woven function; nil if the glue doesn't tell.
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
