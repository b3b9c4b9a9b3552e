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
	s := newSending(r)
	client.PassOn(&s.Sending, ctx)
	s.inject(r)
	*req = &s.sent
	call.SetData(s)
}
