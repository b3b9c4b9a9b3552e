// SPDX-License-Identifier: Apache-2.0

package fasthttp

import (
	"context"
	_ "unsafe" // for go:linkname

	"github.com/valyala/fasthttp"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
)

// answers is what a RequestCtx has of its span.
type answers = interface{ Value(key any) any }

// serving is called by the file that is added to fasthttp.
//
//go:linkname serving github.com/valyala/fasthttp.otelServing
var serving func(h fasthttp.RequestHandler, ctx *fasthttp.RequestCtx, of *answers)

func init() {
	if !library.Off {
		serving = serve
	}
}

// serve is h with a span: served finds a panic by the frame that holds call.
func serve(h fasthttp.RequestHandler, ctx *fasthttp.RequestCtx, of *answers) {
	var call hook.Call
	defer served(&call, ctx, of)
	begin(&call, ctx, of)
	h(ctx)
}

func begin(call *hook.Call, ctx *fasthttp.RequestCtx, of *answers) {
	defer hook.Contain("fasthttp_server", "begin")
	headers := carrier.Lent{Peeked: &ctx.Request.Header}
	suppressed := current.Suppressed()
	if suppressed && (!current.Off() || !headers.HasAny(propagated())) {
		return
	}
	s := &httpconv.Serving{Request: requestOf(ctx)}
	// The context of spans isn't made of ctx, which is another request's later.
	if suppressed {
		server.PassOn(s, context.Background(), headers)
	} else {
		server.Begin(s, context.Background(), headers)
	}
	s.Request.Header = nil
	*of = s
	call.SetData(s)
}

// served ends the span when the handler has returned.
func served(call *hook.Call, ctx *fasthttp.RequestCtx, of *answers) {
	defer hook.Contain("fasthttp_server", "served")
	s, ok := call.Data().(*httpconv.Serving)
	if !ok {
		return
	}
	defer s.Unwind()
	response := ctx.LastTimeoutErrorResponse()
	if response == nil { // else the handler goes on with ctx
		response, *of = &ctx.Response, nil
	}
	if !s.Finish() {
		return
	}
	var r httpconv.Response
	value, panicked := call.Panic()
	if s.Traced() && !panicked {
		r = responseOf(s, response)
	}
	s.End(&r, value, panicked)
}

func requestOf(ctx *fasthttp.RequestCtx) httpconv.Request {
	h := &ctx.Request.Header
	lent := httpconv.Lent{
		Method: h.Method(), Target: h.RequestURI(), Host: h.Host(), Length: h.ContentLength(),
		IsHTTP11: h.IsHTTP11(), IsTLS: ctx.IsTLS(), Peer: ctx.RemoteAddr(), Header: carrier.Lent{Peeked: h},
	}
	return lent.Copy()
}

func responseOf(s *httpconv.Serving, of *fasthttp.Response) (r httpconv.Response) {
	r.Status = of.StatusCode()
	switch {
	case of.IsBodyStream(): // which is read later
		r.Written = -1
	case s.Request.Method != fasthttp.MethodHead && !of.SkipBody:
		r.Written = int64(len(of.Body()))
	}
	if s.Recording() && httpconv.Captures() {
		r.Header = carrier.Lent{Peeked: &of.Header}
	}
	return r
}
