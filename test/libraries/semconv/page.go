// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"strings"

	"otel.runtime/view/receiver"
)

// NameForm is how such a span is named, in words.
func NameForm(s receiver.Span) string {
	for _, g := range groups {
		if g.kind == s.Kind && s.Attributes.Get(g.marks) != nil && g.form != "" {
			return g.form
		}
	}
	if len(s.Attributes) > 0 && isOld(s.Attributes[0].Key) {
		return "as without"
	}
	return "others"
}

// Generic is an attribute's name for a list of all: of headers, the form; "" for
// one that a program has chosen.
func Generic(key string) string {
	for _, prefix := range []string{"http.request.header.", "http.response.header."} {
		if strings.HasPrefix(key, prefix) {
			return prefix + "<key>"
		}
	}
	types, err := registry()
	if _, known := types[key]; err == nil && !known && !strings.HasPrefix(key, "otel.") && !isOld(key) {
		return ""
	}
	return key
}

func isOld(key string) bool {
	for _, old := range oldAttributes {
		if key == old {
			return true
		}
	}
	return false
}

// OldRPC is what of spans and metrics WithoutOldRPC and WithoutOldRPCMetrics leave
// out.
func OldRPC(spans []receiver.Span, metrics []receiver.Metric) ([]receiver.Span, []receiver.Metric) {
	var old []receiver.Span
	for _, s := range spans {
		var of receiver.Attributes
		for _, a := range s.Attributes {
			if isOld(a.Key) {
				of = append(of, a)
			}
		}
		if of != nil {
			s.Attributes, s.Events = of, nil
			old = append(old, s)
		}
	}
	var oldOnes []receiver.Metric
	for _, m := range metrics {
		if len(WithoutOldRPCMetrics([]receiver.Metric{m})) == 0 {
			oldOnes = append(oldOnes, m)
		}
	}
	return old, oldOnes
}
