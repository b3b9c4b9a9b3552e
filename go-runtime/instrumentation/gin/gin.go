// SPDX-License-Identifier: Apache-2.0

// Package gin has the hooks of github.com/gin-gonic/gin: the route, the errors
// and the panics of a request go to the span that net/http's server has
// started. rulesets/gin says where each hook is called. Nothing here
// imports gin: the program's version of it stays the program's.
package gin

import (
	"net/http"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
)

var router = nethttp.NewRouter("gin", "github.com/gin-gonic/gin")

// RequestOf is the Request of a *gin.Context. The rule gin_request sets it.
var RequestOf func(c any) *http.Request

// BeforeHandle keeps the request as the server has it, which a middleware may
// replace. It is the before hook of (*Engine).handleHTTPRequest.
func BeforeHandle(call *hook.Call, _ any, c any) {
	if router.Off || RequestOf == nil {
		return
	}
	req := RequestOf(c)
	call.SetData(req)
	if routed, ok := c.(httpconv.Routed); ok && req != nil {
		nethttp.EnterRouter(req, routed)
	}
}

// AfterHandle tells the route, which is empty if none has matched.
func AfterHandle(call *hook.Call, _ any, c any) {
	req, ok := call.Data().(*http.Request)
	if !ok || req == nil {
		return
	}
	if c, ok := c.(httpconv.Routed); ok {
		nethttp.LeaveRouter(req, c.FullPath())
	}
}

// AfterNext tells of a panic on its way to a middleware that may recover it, as
// gin.Recovery does. It is the after hook of (*Context).Next.
func AfterNext(call *hook.Call, c any) {
	if _, panicked := call.Panic(); panicked && RequestOf != nil {
		router.Left(call, RequestOf(c))
	}
}

// BeforeError tells of an error that a handler attaches to its context. It is
// the before hook of (*Context).Error.
func BeforeError(c any, err error) {
	if err == nil || router.Off || RequestOf == nil {
		return
	}
	if req := RequestOf(c); req != nil {
		httpconv.RecordError(req.Context(), err)
	}
}
