// SPDX-License-Identifier: Apache-2.0

// Added to package echo: tells otel.runtime/instrumentation/echo of errors.

package echo

import (
	"errors"
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelFailed, if set, is told of errors of handlers.
//
//go:linkname otelFailed
var otelFailed func(req *http.Request, err error)

// otelHandlerError stands around the error that goes to the HTTPErrorHandler
// and gives it back. One that is nothing but a client's mistake is not told.
//
//go:linkname otelHandlerError
//go:noinline
//go:norace
func otelHandlerError(err error, c *Context) error {
	f := otelFailed
	if f == nil || err == nil || c.Request() == nil {
		return err
	}
	var answer HTTPStatusCoder
	if errors.As(err, &answer) {
		if code := answer.StatusCode(); code != 0 && code < 500 {
			return err
		}
	}
	f(c.Request(), err)
	return err
}
