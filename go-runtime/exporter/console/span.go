// SPDX-License-Identifier: Apache-2.0

package console

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/exporter/console/tree"
)

// drawn is the SDK's span in the form that is drawn.
func drawn(s sdktrace.ReadOnlySpan) tree.Span {
	d := tree.Span{
		TraceID:    s.SpanContext().TraceID().String(),
		SpanID:     s.SpanContext().SpanID().String(),
		Name:       s.Name(),
		Kind:       strings.ToUpper(s.SpanKind().String()),
		Start:      s.StartTime(),
		End:        s.EndTime(),
		Attributes: attributes(s.Attributes()),
		Failed:     s.Status().Code == codes.Error,
		Message:    s.Status().Description,
	}
	if parent := s.Parent().SpanID(); parent.IsValid() {
		d.ParentID = parent.String()
	}
	if name, ok := s.Resource().Set().Value("service.name"); ok {
		d.Service = name.AsString()
	}
	for _, e := range s.Events() {
		d.Events = append(d.Events, tree.Event{Name: e.Name, Attributes: attributes(e.Attributes)})
	}
	return d
}

func attributes(of []attribute.KeyValue) []tree.Attribute {
	out := make([]tree.Attribute, len(of))
	for i, kv := range of {
		out[i] = tree.Attribute{Key: string(kv.Key), Value: kv.Value.Emit()}
	}
	return out
}
