// SPDX-License-Identifier: Apache-2.0

package hook

import "otel.example/hook/internal/layout"

// Call is one call of a woven function, seen by its before and its after hook.
// It lies on the stack of the woven function: a hook must not keep it, nor use
// it on another goroutine.
//
// The zero Call is a call of an unknown function, for tests; hooktest.NewCall
// makes one of a function with a name.
type Call struct {
	layout layout.Call
}

// Function names a woven function. There is one for each, never changed.
type Function struct {
	Package  string // import path
	Receiver string // "T", "*T", or "" for a function
	Name     string
}

// unknown is the function of a zero Call.
var unknown Function

// Function names the woven function. Its fields are empty in a zero Call.
func (c *Call) Function() *Function {
	if c.layout.Function == nil {
		return &unknown
	}
	return (*Function)(c.layout.Function)
}

// Data is what SetData left in this call, else nil.
func (c *Call) Data() any { return c.layout.Data }

// SetData keeps v for the after hook of the same call. A pointer in v costs no
// allocation.
func (c *Call) SetData(v any) { c.layout.Data = v }

// Skip keeps the woven function's body from being run. Called by a before
// hook, which also sets the results; the after hook is run as ever.
func (c *Call) Skip() { c.layout.Flags |= layout.Skip }

// Skipped reports whether the before hook called Skip.
func (c *Call) Skipped() bool { return c.layout.Flags&layout.Skip != 0 }
