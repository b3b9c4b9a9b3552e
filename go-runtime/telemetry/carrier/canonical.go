// SPDX-License-Identifier: Apache-2.0

// Package carrier has headers of requests and messages in the forms in which
// libraries have them, as propagators read and write them.
package carrier

import (
	"net/textproto"

	"go.opentelemetry.io/otel/propagation"
)

// Canonical is headers by their canonical names: an http.Header.
// propagation.HeaderCarrier would make the canonical name of each anew.
type Canonical map[string][]string

var _ propagation.TextMapCarrier = Canonical(nil)

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

func (c Canonical) Get(key string) string {
	if values := c[canonical(key)]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Values makes it a propagation.ValuesGetter.
func (c Canonical) Values(key string) []string { return c[canonical(key)] }

// Named are the values of a header whose name is canonical already.
func (c Canonical) Named(name string) []string { return c[name] }

func (c Canonical) Set(key, value string) { c[canonical(key)] = []string{value} }

func (c Canonical) Keys() []string { return keys(c) }

func keys(of map[string][]string) []string {
	all := make([]string, 0, len(of))
	for key := range of {
		all = append(all, key)
	}
	return all
}

// Injected is a Canonical to write to that has room for the values of the
// propagators that are usual.
type Injected struct {
	Canonical
	values [2]string
	used   int
}

func (i *Injected) Set(key, value string) {
	if i.used == len(i.values) {
		i.Canonical.Set(key, value)
		return
	}
	at := i.used
	i.used++
	i.values[at] = value
	i.Canonical[canonical(key)] = i.values[at : at+1 : at+1]
}
