// SPDX-License-Identifier: Apache-2.0

// Added to package middleware: tells otel.runtime/instrumentation/chi of recovered panics.

package middleware

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them.
//
//go:linkname otelRecovered
var otelRecovered func(req *http.Request, value interface{})

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, r *http.Request) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(r, value)
	}
	return value
}
