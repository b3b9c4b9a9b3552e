// SPDX-License-Identifier: Apache-2.0

package fasthttp

import (
	"net/textproto"
	"strings"
	"sync"

	"github.com/valyala/fasthttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"

	"otel.runtime/conventions/httpconv"
)

// received is the headers of a request that a server has received. All that it
// returns is a copy.
type received struct{ *fasthttp.RequestHeader }

var (
	_ httpconv.Header            = received{}
	_ propagation.TextMapCarrier = received{}
)

func (r received) Named(name string) []string {
	if len(r.Peek(name)) == 0 {
		return nil
	}
	return named(r.VisitAll, name)
}

func (r received) Get(key string) string { return string(peek(r.RequestHeader, key)) }
func (r received) Set(string, string)    {}
func (r received) Keys() []string        { return names(r.VisitAll) }

// Values makes it a propagation.ValuesGetter.
func (r received) Values(key string) []string {
	if len(peek(r.RequestHeader, key)) == 0 {
		return nil
	}
	return named(r.VisitAll, key)
}

// answered is the headers of a response.
type answered struct{ *fasthttp.ResponseHeader }

func (a answered) Named(name string) []string {
	if len(a.Peek(name)) == 0 {
		return nil
	}
	return named(a.VisitAll, name)
}

func named(visit func(func(key, value []byte)), name string) (values []string) {
	visit(func(key, value []byte) {
		if strings.EqualFold(string(key), name) {
			values = append(values, string(value))
		}
	})
	return values
}

func names(visit func(func(key, value []byte))) (all []string) {
	visit(func(key, _ []byte) { all = append(all, string(key)) })
	return all
}

// peek is the value of a header that a propagator names in lower case, whether or
// not the names in h are canonical.
func peek(h *fasthttp.RequestHeader, key string) []byte {
	if value := h.Peek(key); len(value) > 0 {
		return value
	}
	return h.Peek(canonical(key))
}

func canonical(key string) string {
	switch key {
	case "traceparent":
		return "Traceparent"
	case "tracestate":
		return "Tracestate"
	case "baggage":
		return "Baggage"
	}
	return textproto.CanonicalMIMEHeaderKey(key)
}

// propagated are the headers of the propagators.
var propagated = sync.OnceValue(func() []string { return otel.GetTextMapPropagator().Fields() })

func carries(h *fasthttp.RequestHeader) bool {
	for _, name := range propagated() {
		if len(peek(h, name)) > 0 {
			return true
		}
	}
	return false
}

// injected is the headers of a request that is being sent, with what is to be
// restored of them when it has been.
type injected struct {
	header *fasthttp.RequestHeader
	set    []replaced
	room   [3]replaced
}

type replaced struct{ name, before string }

var _ propagation.TextMapCarrier = (*injected)(nil)

func (i *injected) Get(key string) string { return string(peek(i.header, key)) }
func (i *injected) Keys() []string        { return names(i.header.VisitAll) }

// Set replaces a header of that name, however it is written.
func (i *injected) Set(key, value string) {
	name := key
	if len(i.header.Peek(name)) == 0 {
		if other := canonical(key); len(i.header.Peek(other)) > 0 {
			name = other
		}
	}
	if i.set == nil {
		i.set = i.room[:0]
	}
	i.set = append(i.set, replaced{name, string(i.header.Peek(name))})
	i.header.Set(name, value)
}

// restore has the headers as the program has set them, the last one first.
func (i *injected) restore() {
	for n := len(i.set) - 1; n >= 0; n-- {
		if r := i.set[n]; r.before != "" {
			i.header.Set(r.name, r.before)
		} else {
			i.header.Del(r.name)
		}
	}
	i.header = nil
}
