// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/hook"
	"otel.runtime/internal/switches"
)

// Router is a router or web framework on net/http, whose hooks tell the span of
// a request what net/http's server doesn't know: the route, and the panics and
// errors of handlers. A request has the span in its context, whoever has copied it;
// one without is of no effect.
type Router struct{ Off bool }

// NewRouter is the router that OTEL_GO_DISABLED_INSTRUMENTATIONS knows by any of
// the names. To be called once, at start.
func NewRouter(names ...string) *Router { return &Router{switches.Off(names...)} }

// Matched is for a file that is added to the router, to be called with the route
// before the handler is; nil if the router is off. The rule is the file's.
func (r *Router) Matched(rule string) func(req *http.Request, route string) {
	return called(r, rule, "Matched", SetInnerRoute)
}

// Failed is the same for an error that a handler has returned.
func (r *Router) Failed(rule string) func(req *http.Request, err error) {
	return called(r, rule, "Failed", func(req *http.Request, err error) { httpconv.RecordError(req.Context(), err) })
}

// Recovered is the same for the value of a panic that the router recovers, while
// its deferred function runs.
func (r *Router) Recovered(rule string) func(req *http.Request, value any) {
	return called(r, rule, "Recovered", func(req *http.Request, value any) { httpconv.RecordPanic(req.Context(), value) })
}

// called is a hook for an added file to call: its panics are contained, and a handler
// that the program calls by itself, without a request, is none of its business.
func called[T any](r *Router, rule, name string, does func(*http.Request, T)) func(*http.Request, T) {
	if r.Off {
		return nil
	}
	return func(req *http.Request, value T) {
		defer hook.Contain(rule, name)
		if req != nil {
			does(req, value)
		}
	}
}

// Left records a panic by which the function of an after hook is left, and that
// a middleware around the router may recover.
func (r *Router) Left(call *hook.Call, req *http.Request) {
	if value, panicked := call.Panic(); panicked && !r.Off && req != nil {
		httpconv.RecordPanic(req.Context(), value)
	}
}
