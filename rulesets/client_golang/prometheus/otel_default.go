// SPDX-License-Identifier: Apache-2.0

// Added to package prometheus: the gatherer of programs that make none.

package prometheus

import _ "unsafe" // for go:linkname

// otelDefault is otelDefaultGatherer.
//
//go:linkname otelDefault
var otelDefault func() interface{} = otelDefaultGatherer

//go:linkname otelDefaultGatherer
//go:noinline
func otelDefaultGatherer() interface{} { return DefaultGatherer }
