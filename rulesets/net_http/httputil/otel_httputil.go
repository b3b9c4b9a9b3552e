// SPDX-License-Identifier: Apache-2.0

// Added to package httputil: what DumpRequestOut gives to its own transport is
// told from requests that are sent.

package httputil

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelDumped, if set, returns a copy of r that isn't traced.
//
//go:linkname otelDumped
var otelDumped func(r *http.Request) *http.Request

//go:linkname otelAsDumped
//go:noinline
func otelAsDumped(r *http.Request) *http.Request {
	if otelDumped != nil {
		return otelDumped(r)
	}
	return r
}
