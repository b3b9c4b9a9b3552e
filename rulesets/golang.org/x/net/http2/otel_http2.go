// SPDX-License-Identifier: Apache-2.0

// Added to package golang.org/x/net/http2: a handler's panic, which its server
// recovers in the function that is woven.

package http2

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelPanicked, if set, is told the value of a handler's panic, in the deferred
// function that has recovered it.
//
//go:linkname otelPanicked
var otelPanicked func(req *http.Request, value any)

// otelRecovered is value.
//
//go:linkname otelRecovered
//go:noinline
func otelRecovered(req *http.Request, value any) any {
	if otelPanicked != nil {
		otelPanicked(req, value)
	}
	return value
}
