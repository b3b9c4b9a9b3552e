// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"net/textproto"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"

	"otel.runtime/current"
	"otel.runtime/hook"
)

// propagated are the headers of the propagators, by their canonical names.
var propagated = sync.OnceValue(func() (names []string) {
	for _, field := range otel.GetTextMapPropagator().Fields() {
		names = append(names, textproto.CanonicalMIMEHeaderKey(field))
	}
	return names
})

func carries(h http.Header) bool {
	for _, name := range propagated() {
		if _, ok := h[name]; ok {
			return true
		}
	}
	return false
}

// passOnServed is BeforeServe where nothing is traced: what a request carries
// becomes current for those that are made for it.
func passOnServed(call *hook.Call, rw http.ResponseWriter, req *http.Request) {
	if !current.Off() || !carries(req.Header) {
		return
	}
	s := &serving{writer: rw, request: req}
	s.with = otel.GetTextMapPropagator().Extract(req.Context(), carrier(req.Header))
	s.span = current.SpanIn(s.with)
	s.begin(call)
}

// passOnSent is BeforeRoundTrip where nothing is traced.
func passOnSent(call *hook.Call, req **http.Request) {
	r := *req
	if !current.Off() || carries(r.Header) {
		return
	}
	ctx := current.Context(r.Context())
	span := current.SpanIn(ctx)
	if !span.SpanContext().IsValid() && baggage.FromContext(ctx).Len() == 0 {
		return
	}
	s := &sending{span: span}
	s.inject(ctx, otel.GetTextMapPropagator(), r)
	*req = &s.sent
	call.SetData(s)
}
