// SPDX-License-Identifier: Apache-2.0

// Package layout is the memory that a woven function, its hooks and a test share.
package layout

import "unsafe"

// Call is what a woven function keeps on its stack for one call.
//
// Woven packages can't import this one: they declare an unnamed struct of the
// same layout, zeroed on entry, and test bit 0 of Flags after the before hook.
// The first two words are those of a closure (the code, and the one variable that
// it captured): the woven function defers its own Call.
type Call struct {
	Code     uintptr
	Self     unsafe.Pointer
	Exit     func(unsafe.Pointer) // of the woven package: runs the after hook
	Function unsafe.Pointer       // to a hook.Function
	Data     any
	Flags    uintptr
}

// Bits of Call.Flags.
const (
	Skip   uintptr = 1 << iota // the body isn't to be run
	MadeUp                     // the Call is the first field of a MadeUpCall
)

// MadeUpCall is a call that no function makes: package hooktest fills it.
type MadeUpCall struct {
	Call
	Panic    any
	Panicked bool
}
