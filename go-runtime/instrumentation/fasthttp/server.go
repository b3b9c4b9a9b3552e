// SPDX-License-Identifier: Apache-2.0

package fasthttp

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	_ "unsafe" // for go:linkname

	"github.com/valyala/fasthttp"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
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
	headers := received{&ctx.Request.Header}
	suppressed := current.Suppressed()
	if suppressed && (!current.Off() || !carries(headers.RequestHeader)) {
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

// requestOf is a copy of what is told of a request. It looks at the request's line
// and headers alone: the URI is parsed when the program first asks for it, by what
// these are then.
func requestOf(ctx *fasthttp.RequestCtx) httpconv.Request {
	h := &ctx.Request.Header
	host, path, query := split(h.RequestURI())
	if len(host) == 0 {
		host = h.Host()
	}
	all := copied{h.Method(), host, path, query}.strings()
	r := httpconv.Request{
		Method: all[0], Scheme: "http", Authority: all[1], Path: all[2], RawQuery: all[3],
		Version: version(h.IsHTTP11()), Size: sizeOf(h.ContentLength()), Header: received{h},
	}
	if ctx.IsTLS() {
		r.Scheme = "https"
	}
	if plain, err := url.PathUnescape(r.Path); err == nil && plain != r.Path {
		r.Path, r.RawPath = plain, r.Path
	}
	if peer := ctx.RemoteAddr(); peer != nil {
		r.Peer = peer.String()
	}
	return r
}

// split takes the target of a request's line apart, of which the host is empty unless
// it is in absolute form.
func split(target []byte) (host, path, query []byte) {
	path = target
	if at := bytes.IndexByte(path, '#'); at >= 0 {
		path = path[:at]
	}
	if at := bytes.IndexByte(path, '?'); at >= 0 {
		path, query = path[:at], path[at+1:]
	}
	if at := bytes.Index(path, []byte("://")); at > 0 && path[0] != '/' {
		host, path = path[at+3:], nil
		if at := bytes.IndexByte(host, '/'); at >= 0 {
			host, path = host[:at], host[at:]
		}
	}
	if len(path) == 0 {
		path = []byte("/")
	}
	return host, path, query
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
		r.Header = answered{&of.Header}
	}
	return r
}

// sizeOf is the declared size of a request's body, of which there is none if fasthttp
// has -2 for it; -1 is for chunks.
func sizeOf(length int) int64 {
	if length < -1 {
		return 0
	}
	return int64(length)
}

func version(is11 bool) string {
	if is11 {
		return "1.1"
	}
	return "1.0"
}

// copied is what is to be copied of memory that will be used again.
type copied [4][]byte

// strings are the copies, in one piece of memory.
func (c copied) strings() (all [4]string) {
	size := 0
	for _, part := range c {
		size += len(part)
	}
	var text strings.Builder
	text.Grow(size)
	for _, part := range c {
		text.Write(part)
	}
	rest := text.String()
	for i, part := range c {
		all[i], rest = rest[:len(part)], rest[len(part):]
	}
	return all
}
