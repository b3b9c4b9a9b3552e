// SPDX-License-Identifier: Apache-2.0

package current

import "unsafe"

// The goroutine's word, defined in the woven package runtime
// (rulesets/runtime/otel_goroutine.go); nil where that isn't woven.
//
//go:linkname loadWord runtime.otelContext
var loadWord func() unsafe.Pointer

//go:linkname storeWord runtime.otelSetContext
var storeWord func(unsafe.Pointer)

// siteOf is a number for the call stack of its caller: the goroutine, the return
// addresses, and how far from the base of the stack they are. 0 where that isn't
// known, as on architectures without frame pointers. Defined as loadWord is.
//
//go:linkname siteOf runtime.otelCallSite
var siteOf func() uintptr

// goroutineOf is a number for the calling goroutine, which no other one has or will
// have. Defined as loadWord is.
//
//go:linkname goroutineOf runtime.otelGoroutine
var goroutineOf func() uint64

// Goroutine is that number; 0 where the runtime isn't woven.
func Goroutine() uint64 {
	if goroutineOf == nil {
		return 0
	}
	return goroutineOf()
}

// callSite is the same for the spans that one call in one loop starts.
func callSite() uintptr {
	if siteOf == nil {
		return 0
	}
	return siteOf()
}

// head is the newest node of this goroutine, over or not.
func head() *Node {
	if loadWord == nil {
		return nil
	}
	return (*Node)(loadWord())
}

func setHead(n *Node) {
	if storeWord != nil {
		storeWord(unsafe.Pointer(n))
	}
}
