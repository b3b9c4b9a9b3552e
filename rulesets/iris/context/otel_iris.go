// SPDX-License-Identifier: Apache-2.0

// Added to package context: tells otel.runtime/instrumentation/iris of errors.

package context

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelFailed, if set, is told of errors of handlers.
//
//go:linkname otelFailed
var otelFailed func(req *http.Request, err error)

// otelFail tells of an error that isn't only a client's mistake.
//
//go:linkname otelFail
//go:noinline
func otelFail(req *http.Request, statusCode int, err error) {
	if f := otelFailed; f != nil && err != nil && statusCode >= 500 {
		f(req, err)
	}
}
