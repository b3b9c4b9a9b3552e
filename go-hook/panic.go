// SPDX-License-Identifier: Apache-2.0

package hook

import (
	"unsafe"

	"otel.example/hook/internal/layout"
)

// panicking asks package runtime whether the function whose frame holds the given
// address is being left by a panic (its value, true, false) or by
// runtime.Goexit (nil, false, true). Package runtime of a woven program has a
// variable of that name; elsewhere it is nil.
//
//go:linkname panicking runtime.otelPanicking
var panicking func(frame unsafe.Pointer) (value any, panics, goexit bool)

// Panic reports, in an after hook, whether the woven function is being left by
// a panic, and the panic's value. The panic goes on after the hook, unchanged:
// the user's own recover further up sees what it would have seen. A function
// that recovered its panic itself isn't panicking.
//
// runtime.Goexit is reported as panicking with a nil value. (panic(nil) has a
// *runtime.PanicNilError as its value.)
func (c *Call) Panic() (value any, panicked bool) {
	if c.layout.Flags&layout.MadeUp != 0 {
		made := (*layout.MadeUpCall)(unsafe.Pointer(c))
		return made.Panic, made.Panicked
	}
	if panicking == nil {
		return nil, false
	}
	value, panics, goexit := panicking(onStack(unsafe.Pointer(c)))
	return value, panics || goexit
}

// onStack hides p from escape analysis, which can't see through a function
// variable: else each Call, and all that a hook puts in it, would go to the
// heap. The callee compares the address and lets go of it.
//
//go:nosplit
//go:nocheckptr
func onStack(p unsafe.Pointer) unsafe.Pointer {
	x := uintptr(p)
	return *(*unsafe.Pointer)(unsafe.Pointer(&x))
}
