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
