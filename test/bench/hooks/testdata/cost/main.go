// SPDX-License-Identifier: Apache-2.0

// Command cost measures the woven functions.
package main

import (
	"unsafe"

	"example.com/cost/measure"
)

// The hook variable of the rule not_linked, as it is where no glue sets it.
//
//go:linkname notLinked example.com/cost/target.otel_not_linked_NotLinked_before
var notLinked unsafe.Pointer

func main() {
	notLinked = nil
	measure.Print()
}
