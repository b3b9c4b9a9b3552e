// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/internal/environ"
)

// The SDK's providers add OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME to any
// resource. With a configuration file that alone decides; then what is exported gets
// the resource that it describes.

// environmentLeaks reports whether that is so, and changes anything.
func (s settings) environmentLeaks() bool {
	return s.file != nil && (environ.Get("OTEL_RESOURCE_ATTRIBUTES") != "" || environ.Get("OTEL_SERVICE_NAME") != "")
}

// describedSpan is a span of another resource.
type describedSpan struct {
	sdktrace.ReadOnlySpan
	of *resource.Resource
}

func (s describedSpan) Resource() *resource.Resource { return s.of }

// describedSpans is an exporter of such spans.
type describedSpans struct {
	sdktrace.SpanExporter
	of *resource.Resource
}

func (e describedSpans) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	described := make([]sdktrace.ReadOnlySpan, len(spans))
	for i, span := range spans {
		described[i] = describedSpan{span, e.of}
	}
	return e.SpanExporter.ExportSpans(ctx, described)
}

func (s settings) describeSpans(to sdktrace.SpanExporter, of *resource.Resource) sdktrace.SpanExporter {
	if !s.environmentLeaks() {
		return to
	}
	return describedSpans{to, of}
}

// describedMetrics is the same for metrics.
type describedMetrics struct {
	sdkmetric.Exporter
	of *resource.Resource
}

func (e describedMetrics) Export(ctx context.Context, all *metricdata.ResourceMetrics) error {
	all.Resource = e.of
	return e.Exporter.Export(ctx, all)
}

func (s settings) describeMetrics(to sdkmetric.Exporter, of *resource.Resource) sdkmetric.Exporter {
	if !s.environmentLeaks() {
		return to
	}
	return describedMetrics{to, of}
}

// describedReader is the same for those who collect.
type describedReader struct {
	sdkmetric.Reader
	of *resource.Resource
}

func (r describedReader) Collect(ctx context.Context, all *metricdata.ResourceMetrics) error {
	err := r.Reader.Collect(ctx, all)
	all.Resource = r.of
	return err
}

func (s settings) describeReader(from sdkmetric.Reader, of *resource.Resource) sdkmetric.Reader {
	if !s.environmentLeaks() {
		return from
	}
	return describedReader{from, of}
}
