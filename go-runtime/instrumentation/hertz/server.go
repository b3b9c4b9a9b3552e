// SPDX-License-Identifier: Apache-2.0

package hertz

import (
	"context"
	"sync"
	_ "unsafe" // for go:linkname

	"github.com/cloudwego/hertz/pkg/app"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
)

// RecoversPanics reports whether an engine has a PanicHandler.
var RecoversPanics func(engine any) bool

// These are in the files that are added to Hertz.
var (
	//go:linkname recovered github.com/cloudwego/hertz/pkg/app/middlewares/server/recovery.otelRecovered
	recovered func(ctx context.Context, value any)
	//go:linkname recoveredByEngine github.com/cloudwego/hertz/pkg/route.otelRecovered
	recoveredByEngine func(ctx *app.RequestContext, value any)
)

// recoverable are the requests, *httpconv.Serving, of engines with a PanicHandler,
// which is given the *app.RequestContext alone.
var recoverable sync.Map

func init() {
	if library.Off {
		return
	}
	recovered = func(ctx context.Context, value any) {
		defer hook.Contain("hertz_recover", "recovered")
		httpconv.RecordPanic(ctx, value)
	}
	recoveredByEngine = func(ctx *app.RequestContext, value any) {
		defer hook.Contain("hertz_panic", "recoveredByEngine")
		if s, ok := recoverable.Load(ctx); ok {
			httpconv.RecordPanic(s.(*httpconv.Serving), value)
		}
	}
}

// BeforeServe starts the SERVER span of a request, and has it in the context of its
// handlers. It is the before hook of (*Engine).ServeHTTP. An engine that a handler of
// another one passes its request on to is a part of that.
func BeforeServe(call *hook.Call, engine any, c *context.Context, ctx *app.RequestContext) {
	if library.Off || ctx == nil || *c == nil {
		return
	}
	headers := carrier.Lent{Peeked: &ctx.Request.Header}
	suppressed := current.Suppressed()
	if suppressed && (!current.Off() || !headers.HasAny(propagated())) {
		return
	}
	if s := httpconv.Of(*c); s != nil && !s.Over() {
		return
	}
	h := &ctx.Request.Header
	lent := httpconv.Lent{
		Method: h.Method(), Target: h.RequestURI(), Host: h.Host(), Length: h.ContentLength(),
		IsHTTP11: h.IsHTTP11(), IsTLS: string(ctx.Request.URI().Scheme()) == "https", Header: headers,
	}
	if ctx.GetConn() != nil { // else the program's own test serves
		lent.Peer = ctx.RemoteAddr()
	}
	s := &httpconv.Serving{Request: lent.Copy()}
	if suppressed {
		server.PassOn(s, *c, headers)
	} else {
		server.Begin(s, *c, headers)
	}
	s.Request.Header = nil
	if RecoversPanics != nil && RecoversPanics(engine) {
		recoverable.Store(ctx, s)
	}
	*c = s
	call.SetData(s)
}

// AfterServe ends the span when the handlers have returned.
func AfterServe(call *hook.Call, engine any, _ any, ctx *app.RequestContext) {
	s, ok := call.Data().(*httpconv.Serving)
	if !ok {
		return
	}
	defer s.Unwind()
	if RecoversPanics != nil && RecoversPanics(engine) {
		recoverable.Delete(ctx)
	}
	if !s.Finish() {
		return
	}
	var r httpconv.Response
	value, panicked := call.Panic()
	if s.Traced() {
		if path := ctx.FullPath(); path != "" {
			s.Matched(s.Request.Path, path)
		}
		for _, err := range ctx.Errors {
			if err != nil && err.Err != nil {
				httpconv.RecordError(s, err.Err)
			}
		}
		if !panicked {
			r = responseOf(s, ctx)
		}
	}
	s.End(&r, value, panicked)
}

func responseOf(s *httpconv.Serving, ctx *app.RequestContext) (r httpconv.Response) {
	of := &ctx.Response
	r.Status = of.StatusCode()
	switch {
	case of.IsBodyStream() || of.GetHijackWriter() != nil: // which is written elsewhere
		r.Written = -1
	case s.Request.Method != "HEAD" && !of.SkipBody:
		r.Written = int64(len(of.BodyBytes()))
	}
	if s.Recording() && httpconv.Captures() {
		r.Header = carrier.Lent{Peeked: &of.Header}
	}
	return r
}
