// SPDX-License-Identifier: Apache-2.0

// Added to package testing/internal/testdeps: one function that is told when go
// test's log of variables and files has begun. The package otel.runtime/sdk/start
// reaches it through the function variable, by linkname.

package testdeps

import _ "unsafe" // for go:linkname

// otelTestLog is called each time that the log has begun.
//
//go:linkname otelTestLog
var otelTestLog func()

//go:linkname otelLogBegun
//go:noinline
func otelLogBegun() {
	if f := otelTestLog; f != nil {
		f()
	}
}
