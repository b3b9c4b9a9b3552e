// SPDX-License-Identifier: Apache-2.0

// Added to the bridge that a program has of its own.

package prometheus

import _ "unsafe" // for go:linkname

// otelBridged, if set, is told that it is used.
//
//go:linkname otelBridged
var otelBridged func()

//go:linkname otelBridge
//go:noinline
func otelBridge() {
	if otelBridged != nil {
		otelBridged()
	}
}
