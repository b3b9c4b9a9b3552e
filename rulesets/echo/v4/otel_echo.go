// SPDX-License-Identifier: Apache-2.0

// Added to package echo: what otel.runtime/instrumentation/echo can't reach from outside.

package echo

import (
	"errors"
	"net/http"
	"reflect"
	_ "unsafe" // for go:linkname
)

// otelRouted tells what the router has found for a Context: the path of the
// route, "" if there is none. (Some releases leave the URL's own path in a
// context without a route.)
//
//go:linkname otelRouted
var otelRouted func(c interface{}) (req *http.Request, path string) = otelLoadRoute

//go:linkname otelLoadRoute
//go:noinline
func otelLoadRoute(c interface{}) (req *http.Request, path string) {
	ctx, ok := c.(*context)
	if !ok || ctx == nil {
		return nil, ""
	}
	if reflect.ValueOf(ctx.handler).Pointer() == reflect.ValueOf(NotFoundHandler).Pointer() {
		return ctx.request, ""
	}
	return ctx.request, ctx.path
}

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
func otelHandlerError(err error, c Context) error {
	f := otelFailed
	if f == nil || err == nil || c.Request() == nil {
		return err
	}
	var answer *HTTPError
	if errors.As(err, &answer) && answer.Code < 500 {
		return err
	}
	f(c.Request(), err)
	return err
}
