// SPDX-License-Identifier: Apache-2.0

// Added to package promhttp: which registries the program serves.

package promhttp

import _ "unsafe" // for go:linkname

// otelServed, if set, is told of each.
//
//go:linkname otelServed
var otelServed func(registry interface{})

//go:linkname otelServe
//go:noinline
func otelServe(registry interface{}) {
	if otelServed != nil {
		otelServed(registry)
	}
}
