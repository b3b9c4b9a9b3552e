// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"context"
	"strconv"
	"strings"
	"sync/atomic"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/exception"
)

// Ends is how handlers of a library end a response early on purpose: by a panic
// with this value, which error.type has the name of.
type Ends struct {
	Panic error
	Name  string
}

func (e *Ends) expects(value any) bool { return e.Panic != nil && value == any(e.Panic) }

// typeOf is error.type of a panic with value, or of runtime.Goexit if that is nil.
func (e *Ends) typeOf(value any) string {
	if e.expects(value) {
		return e.Name
	}
	return exception.PanicType(value)
}

// mark marks a span whose function is being left by a panic.
func (e *Ends) mark(span trace.Span, value any, recorded bool) {
	if e.expects(value) {
		exception.Fail(span, e.Name, e.Panic.Error())
		return
	}
	exception.EndByPanic(span, value, recorded)
}

// Server is what the servers of a library have in common.
type Server struct {
	*instrumentation.Library
	Ends
	Unmeasured bool
	serverInstruments
}

// NewServer is to be called once, at start.
func NewServer(library *instrumentation.Library) *Server {
	s := &Server{Library: library}
	s.serverInstruments.of(library.Scope)
	return s
}

// Serving is one request of a server. It is also the request's context, in which
// hooks of routers find it.
type Serving struct {
	context.Context // what the request had
	Request         Request

	server     *Server
	operation  instrumentation.Operation
	over       atomic.Bool // the span has ended, or is about to
	handedOver atomic.Bool // the handler has taken over the connection
	method     string      // http.request.method; empty if the request isn't traced
	scheme     string      // url.scheme
	matched    route
	failed     failure
}

type servingKey struct{}

func (s *Serving) Value(key any) any {
	if _, ours := key.(servingKey); ours {
		return s
	}
	if s.handedOver.Load() {
		return s.Context.Value(key)
	}
	return s.operation.Value(key)
}

// Of is the request that ctx is of: its own context, or one made from that; nil
// if it is of none.
func Of(ctx context.Context) *Serving {
	if ctx == nil {
		return nil
	}
	s, _ := ctx.Value(servingKey{}).(*Serving)
	return s
}

// Begin starts the SERVER span of s.Request in the trace that headers carry, and
// makes it current. ctx is the request's context, which is s from here on.
func (h *Server) Begin(s *Serving, ctx context.Context, headers propagation.TextMapCarrier) {
	s.server, s.Context = h, ctx
	parent := otel.GetTextMapPropagator().Extract(ctx, headers)
	if set.excludes(s.Request.Path) {
		h.Library.PassOn(&s.operation, current.Untraced(parent))
	} else {
		from := originOf(s.Request.Header)
		s.method, s.scheme = set.method(s.Request.Method), s.Request.Scheme
		if from.proto != "" {
			s.scheme = from.proto
		}
		h.count(parent, s.method, s.scheme, 1)
		h.Library.Begin(&s.operation, parent, nameOf(s.method), trace.SpanKindServer, func(to []attribute.KeyValue) []attribute.KeyValue {
			return s.Request.append(to, from, s.method, s.scheme)
		})
	}
	s.operation.PushWorkContext()
}

// PassOn is Begin where nothing is traced: what the request carries becomes
// current for those that are made for it.
func (h *Server) PassOn(s *Serving, ctx context.Context, headers propagation.TextMapCarrier) {
	s.server, s.Context = h, ctx
	h.Library.PassOn(&s.operation, otel.GetTextMapPropagator().Extract(ctx, headers))
	s.operation.PushWorkContext()
}

// Over reports whether the span has ended, or is about to.
func (s *Serving) Over() bool { return s.over.Load() }

// Finish reports whether End is to be called: it is once, by who asks first.
func (s *Serving) Finish() bool { return s.over.CompareAndSwap(false, true) }

// Unwind ends what the request has begun on this goroutine. To be called when its
// handler has returned.
func (s *Serving) Unwind() { s.operation.Unwind() }

// Traced reports whether there is something to report of the response.
func (s *Serving) Traced() bool { return s.method != "" }

// Matched takes the route of a router around all others.
func (s *Serving) Matched(seen, path string) { s.matched.add(path, stripped(s.Request.Path, seen)) }

// Recording reports whether what is known of the response is recorded.
func (s *Serving) Recording() bool { return s.operation.Recording() }

// End describes the response, of which what isn't known is zero, and ends the
// span. value is that of a panic by which the handler was left, nil for
// runtime.Goexit.
func (s *Serving) End(r *Response, value any, panicked bool) {
	span, node := s.operation.Span(), s.operation.Node()
	defer node.EndSpan(span)
	if s.method == "" {
		return
	}
	failure := ""
	if panicked {
		failure = s.server.typeOf(value)
	}
	s.server.count(s.operation.Context, s.method, s.scheme, -1)
	if !strings.Contains(node.Adopted(), "/otelhttp") { // which measures the same
		s.server.record(s.operation.Context, s, r, failure)
	}
	if !span.IsRecording() {
		return
	}
	if path := s.matched.get(); path != "" && node.Adopted() == "" {
		span.SetName(nameOf(s.method) + " " + path)
	}
	s.operation.Set(func(to []attribute.KeyValue) []attribute.KeyValue { return s.append(to, r) })
	if r.Status >= 500 {
		_, message := s.failed.recovered()
		span.SetStatus(codes.Error, message)
	}
	if panicked {
		s.server.mark(span, value, s.failed.panicked())
	}
}

// append has the route, and what is known of the response.
func (s *Serving) append(to []attribute.KeyValue, r *Response) []attribute.KeyValue {
	if path := s.matched.get(); path != "" {
		to = append(to, RouteKey.String(path))
	}
	if r.Header != nil {
		to = set.serverResponse.append(to, r.Header)
	}
	if r.Status != 0 {
		to = append(to, ResponseStatusCode.Int(r.Status))
	}
	if r.Written > 0 {
		to = append(to, ResponseBodySize.Int64(r.Written))
	}
	if r.Status >= 500 {
		to = append(to, ErrorType.String(strconv.Itoa(r.Status)))
	}
	return to
}

// HandOver ends the span, by end, where the handler has taken over the connection.
// What is done on the connection isn't done for the request: the request's context
// has no span any more, and neither has the goroutine. Traces that hooks begin there
// are linked to the request's span. A span that instrumentation of the program's own
// has adopted is left to that.
func (s *Serving) HandOver(end func()) {
	if s.operation.Node().Adopted() != "" || !s.Finish() {
		return
	}
	s.matched.settle()
	end()
	s.handedOver.Store(true)
	s.operation.Node().Outlive()
}
