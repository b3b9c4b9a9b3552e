// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"net/textproto"

	"go.opentelemetry.io/otel/propagation"
)

// carrier is headers of a request, as propagators read and write them.
// propagation.HeaderCarrier would make the canonical name of each anew.
type carrier http.Header

var _ propagation.TextMapCarrier = carrier(nil)

// canonicalNames of what propagators ask for in each request.
var canonicalNames = map[string]string{
	"traceparent":   "Traceparent",
	"tracestate":    "Tracestate",
	"baggage":       "Baggage",
	"b3":            "B3",
	"uber-trace-id": "Uber-Trace-Id",
}

func canonical(key string) string {
	if name, ok := canonicalNames[key]; ok {
		return name
	}
	return textproto.CanonicalMIMEHeaderKey(key)
}

func (c carrier) Get(key string) string {
	if values := c[canonical(key)]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Values makes it a propagation.ValuesGetter.
func (c carrier) Values(key string) []string { return c[canonical(key)] }

func (c carrier) Set(key, value string) { c[canonical(key)] = []string{value} }

func (c carrier) Keys() []string {
	keys := make([]string, 0, len(c))
	for key := range c {
		keys = append(keys, key)
	}
	return keys
}

// injected is a carrier to write to that has room for the values of the
// propagators that are usual.
type injected struct {
	carrier
	values [2]string
	used   int
}

func (i *injected) Set(key, value string) {
	if i.used == len(i.values) {
		i.carrier.Set(key, value)
		return
	}
	at := i.used
	i.used++
	i.values[at] = value
	i.carrier[canonical(key)] = i.values[at : at+1 : at+1]
}
