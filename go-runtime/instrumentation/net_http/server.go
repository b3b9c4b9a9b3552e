// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"sync/atomic"
	_ "unsafe" // for go:linkname

	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
)

// setRequestContext is in the file that is added to net/http; nil where that
// isn't woven.
//
//go:linkname setRequestContext net/http.otelSetRequestContext
var setRequestContext func(r *http.Request, ctx context.Context)

// serving is one request of a server, from the before to the after hook. It is
// also the request's context.
type serving struct {
	httpconv.Serving
	shakesHands atomic.Bool // the handler takes over the connection before its handshake
	answered    int         // by which it has this status
	writer      http.ResponseWriter
	request     *http.Request
}

type servingKey struct{}

func (s *serving) Value(key any) any {
	if _, ours := key.(servingKey); ours {
		return s
	}
	return s.Serving.Value(key)
}

func servingOf(ctx context.Context) *serving {
	if ctx == nil {
		return nil
	}
	s, _ := ctx.Value(servingKey{}).(*serving)
	return s
}

// BeforeServe starts the SERVER span of a request. It is the before hook of
// net/http's serverHandler.ServeHTTP, which each request comes through, by
// HTTP/1 and HTTP/2, before any handler or middleware. The server has handed
// the request over, so its context is changed in place.
func BeforeServe(call *hook.Call, _ any, rw http.ResponseWriter, req *http.Request) {
	if off.server || isPreface(req) || alreadyServed(req) {
		return
	}
	suppressed := current.Suppressed()
	if suppressed && (!current.Off() || !carries(req.Header)) {
		return
	}
	s := &serving{writer: rw, request: req}
	s.Request = httpconv.Request{
		Method: req.Method, Scheme: "http", Authority: req.Host, Path: pathSeen(req), Peer: req.RemoteAddr,
		Version: httpconv.Version(req.ProtoMajor, req.ProtoMinor), Size: req.ContentLength, Header: carrier.Canonical(req.Header),
	}
	if req.TLS != nil {
		s.Request.Scheme = "https"
	}
	if req.URL != nil {
		s.Request.RawPath, s.Request.RawQuery = req.URL.RawPath, req.URL.RawQuery
	}
	if suppressed {
		server.PassOn(&s.Serving, req.Context(), carrier.Canonical(req.Header))
	} else {
		server.Begin(&s.Serving, req.Context(), carrier.Canonical(req.Header))
	}
	if setRequestContext != nil {
		setRequestContext(req, s)
	} else {
		*req = *req.WithContext(s)
	}
	call.SetData(s)
}

// isPreface tells the first line of an HTTP/2 connection from a request: a
// server that speaks HTTP/1 hands it to a handler such as h2c's, which then
// serves the connection's requests.
func isPreface(req *http.Request) bool {
	return req.Method == "PRI" && req.ProtoMajor == 2
}

// alreadyServed reports whether golang.org/x/net/http2 has received req and
// has net/http's server hand it to the handler.
func alreadyServed(req *http.Request) bool {
	s, ok := req.Context().(*serving)
	return ok && !s.Over()
}

// AfterServe ends the span, unless AfterHijack has.
func AfterServe(call *hook.Call) {
	s, ok := call.Data().(*serving)
	if !ok {
		return
	}
	defer s.Unwind()
	if s.Finish() {
		value, panicked := call.Panic()
		s.end(value, panicked)
	}
}

// end describes the response and ends the span. To be called once.
func (s *serving) end(value any, panicked bool) {
	// The context may outlive the request, what the server owns may not.
	defer func() { s.writer, s.request, s.Request.Header = nil, nil, nil }()
	var r httpconv.Response
	defer func() { s.End(&r, value, panicked) }()
	if s.Traced() {
		if pattern := s.request.Pattern; pattern != "" && !redirects(s.request, pattern) {
			s.Matched(s.Request.Path, pathOf(pattern))
		}
		r = s.response(panicked)
	}
}

// response is as the handler leaves it. Without a word from it that is a 200,
// unless it panicked: then there is none.
func (s *serving) response(panicked bool) (r httpconv.Response) {
	state, known := stateOf(s.writer)
	if state.hijacked && state.status == 0 {
		if state.status = s.answered; state.status == 0 && len(s.request.Header["Upgrade"]) > 0 {
			state.status = http.StatusSwitchingProtocols
		}
	}
	if known && state.status == 0 && !panicked && !state.hijacked {
		state.status = http.StatusOK
	}
	// The server drops what is written then, though it counts some of it.
	if s.request.Method == http.MethodHead {
		state.written = 0
	}
	r.Status, r.Written = state.status, state.written
	if known && s.Recording() && httpconv.Captures() { // Header may copy all headers
		r.Header = carrier.Canonical(s.writer.Header())
	}
	return r
}
