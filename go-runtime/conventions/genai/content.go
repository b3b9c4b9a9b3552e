// SPDX-License-Identifier: Apache-2.0

package genai

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/environ"
)

// Content is what is said, in JSON of the form that the conventions have a schema
// for. It is made only where it is asked for; nil is none.
type Content func() string

// captured is whether content is exported, as attributes of spans.
var captured = captures(environ.Get("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"))

// captures takes the values of OpenTelemetry's other instrumentation too, which also
// knows events of content.
func captures(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "true", "span_only", "span_and_event":
		return true
	}
	return false
}

func (c Content) append(to []attribute.KeyValue, key attribute.Key) []attribute.KeyValue {
	if c == nil || !captured {
		return to
	}
	return appendText(to, key, c())
}
