// SPDX-License-Identifier: Apache-2.0

package carrier

import (
	"strings"

	"go.opentelemetry.io/otel/propagation"
)

// Lower is headers by their names in lower case: the metadata of gRPC.
type Lower map[string][]string

var _ propagation.TextMapCarrier = Lower(nil)

func (c Lower) Get(key string) string {
	if values := c[strings.ToLower(key)]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func (c Lower) Set(key, value string) { c[strings.ToLower(key)] = []string{value} }

func (c Lower) Keys() []string { return keys(c) }

// Pairs is a carrier to write only: names in lower case, each with its value
// behind it.
type Pairs []string

var _ propagation.TextMapCarrier = (*Pairs)(nil)

func (*Pairs) Get(string) string { return "" }
func (*Pairs) Keys() []string    { return nil }
func (p *Pairs) Set(key, value string) {
	*p = append(*p, strings.ToLower(key), value)
}

// Carries reports whether headers have what the propagator reads.
func Carries(headers propagation.TextMapCarrier, by propagation.TextMapPropagator) bool {
	for _, field := range by.Fields() {
		if headers.Get(field) != "" {
			return true
		}
	}
	return false
}
