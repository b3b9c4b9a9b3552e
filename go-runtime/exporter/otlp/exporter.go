// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Exporter is a sdktrace.SpanExporter.
type Exporter struct{ *delivery }

var _ sdktrace.SpanExporter = (*Exporter)(nil)

// New makes an exporter of spans. Nothing is dialled before the first export.
func New(c Config) *Exporter {
	c.Signal = Traces
	return &Exporter{newDelivery(c)}
}

// ExportSpans delivers spans. Its error is a *DeliveryError.
func (e *Exporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	return e.run(ctx, content{len(spans), func(b []byte, from, to int) []byte {
		return AppendRequest(b, spans[from:to])
	}})
}
