// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
)

// setRequestContext is in the file that is added to net/http; nil where that
// isn't woven.
//
//go:linkname setRequestContext net/http.otelSetRequestContext
var setRequestContext func(r *http.Request, ctx context.Context)

// serving is one request of a server, from the before to the after hook. It is
// also the request's context, in which SetRoute finds it.
type serving struct {
	context.Context                 // what the request had
	with            context.Context // the same with the span
	over            atomic.Bool     // the span has ended, or is about to
	handedOver      atomic.Bool     // the handler has taken over the connection
	shakesHands     atomic.Bool     // it does so before its handshake
	answered        int             // by which it has this status
	span            trace.Span
	node            *current.Node
	writer          http.ResponseWriter
	request         *http.Request
	method          string // http.request.method; empty if the request isn't traced
	scheme          string // url.scheme
	path            string // as it was received
	size            int64  // of the request's body as declared, -1 if it wasn't
	started         time.Time
	matched         route
	failed          failure
	unsampled       current.Unsampled
}

type servingKey struct{}

func (s *serving) Value(key any) any {
	if _, ours := key.(servingKey); ours {
		return s
	}
	if s.handedOver.Load() {
		return s.Context.Value(key)
	}
	return s.with.Value(key)
}

// BeforeServe starts the SERVER span of a request. It is the before hook of
// net/http's serverHandler.ServeHTTP, which each request comes through, by
// HTTP/1 and HTTP/2, before any handler or middleware. The server has handed
// the request over, so its context is changed in place.
func BeforeServe(call *hook.Call, _ any, rw http.ResponseWriter, req *http.Request) {
	if set.noServer || isPreface(req) || alreadyServed(req) {
		return
	}
	if current.Suppressed() {
		passOnServed(call, rw, req)
		return
	}
	parent := otel.GetTextMapPropagator().Extract(req.Context(), carrier(req.Header))
	if req.URL != nil && set.excludes(req.URL.Path) {
		s := &serving{with: untraced(parent), writer: rw, request: req}
		s.span = current.SpanIn(s.with)
		s.begin(call)
		return
	}
	from := originOf(req.Header)
	s := &serving{writer: rw, request: req, method: set.method(req.Method), scheme: schemeOf(req, from), started: time.Now()}
	countServed(parent, s.method, s.scheme, 1)
	s.with, s.span = tracer.Start(parent, &s.unsampled, nameOf(s.method), trace.SpanKindServer, func(to []attribute.KeyValue) []attribute.KeyValue {
		return appendRequest(to, req, from, s.method, s.scheme)
	})
	s.begin(call)
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
	return ok && !s.over.Load()
}

// begin makes it current, and the request's context.
func (s *serving) begin(call *hook.Call) {
	s.path, s.size = pathSeen(s.request), s.request.ContentLength
	s.Context = s.request.Context()
	s.node = current.PushWorkContext(s.with)
	if setRequestContext != nil {
		setRequestContext(s.request, s)
	} else {
		*s.request = *s.request.WithContext(s)
	}
	call.SetData(s)
}

// AfterServe ends the span, unless AfterHijack has.
func AfterServe(call *hook.Call) {
	s, ok := call.Data().(*serving)
	if !ok {
		return
	}
	defer s.node.Unwind()
	if s.over.CompareAndSwap(false, true) {
		value, panicked := call.Panic()
		s.end(value, panicked)
	}
}

// end describes the response and ends the span. To be called once.
func (s *serving) end(value any, panicked bool) {
	// The context may outlive the request, what the server owns may not.
	defer func() { s.writer, s.request = nil, nil }()
	defer s.node.EndSpan(s.span)
	if s.method == "" {
		return
	}
	if pattern := s.request.Pattern; pattern != "" && !redirects(s.request, pattern) {
		s.matched.add(pathOf(pattern), s.stripped(pathSeen(s.request)))
	}
	failure := ""
	if panicked {
		failure = panicName(value)
	}
	state, known := s.responseState(panicked)
	countServed(s.with, s.method, s.scheme, -1)
	if !strings.Contains(s.node.Adopted(), "/otelhttp") { // which measures the same
		recordServed(s.with, s, state, failure)
	}
	if !s.span.IsRecording() {
		return
	}
	if path := s.matched.get(); path != "" && s.node.Adopted() == "" {
		s.span.SetName(nameOf(s.method) + " " + path)
	}
	tracer.Set(s.span, func(to []attribute.KeyValue) []attribute.KeyValue {
		return s.appendResponse(to, state, known)
	})
	if known && state.status >= 500 {
		_, message := s.failed.recovered()
		s.span.SetStatus(codes.Error, message)
	}
	if panicked {
		endedByPanic(s.span, value, s.failed.panicked())
	}
}

// responseState is the state in which the handler leaves the response. Without
// a word from it that is a 200, unless it panicked: then there is none.
func (s *serving) responseState(panicked bool) (state responseState, known bool) {
	state, known = stateOf(s.writer)
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
	return state, known
}

// appendResponse has the route, and what is known of the response.
func (s *serving) appendResponse(to []attribute.KeyValue, state responseState, known bool) []attribute.KeyValue {
	if path := s.matched.get(); path != "" {
		to = append(to, httpRoute.String(path))
	}
	if !known {
		return to
	}
	if len(set.serverResponse) > 0 { // Header may copy all headers
		to = set.serverResponse.append(to, s.writer.Header())
	}
	if state.status != 0 {
		to = append(to, httpResponseStatusCode.Int(state.status))
	}
	if state.written > 0 {
		to = append(to, httpResponseBodySize.Int64(state.written))
	}
	if state.status >= 500 {
		to = append(to, errorType.String(strconv.Itoa(state.status)))
	}
	return to
}
