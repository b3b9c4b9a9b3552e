// SPDX-License-Identifier: Apache-2.0

// Added to package gin: what otel.runtime/instrumentation/gin can't reach from outside.

package gin

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelRequest is the Request of a *Context; nil if there is none.
//
//go:linkname otelRequest
var otelRequest func(c interface{}) *http.Request = otelLoadRequest

//go:linkname otelLoadRequest
//go:noinline
func otelLoadRequest(c interface{}) *http.Request {
	if c, ok := c.(*Context); ok && c != nil {
		return c.Request
	}
	return nil
}
