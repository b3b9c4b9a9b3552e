// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// serverSpans are n spans as a woven net/http server makes them.
func serverSpans(n int) []sdktrace.ReadOnlySpan {
	ended := tracetest.NewSpanRecorder()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(ended), sdktrace.WithSampler(sdktrace.AlwaysSample()),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "shop"), attribute.Int("process.pid", 7))))
	tracer := provider.Tracer("otel.runtime/nethttp", trace.WithInstrumentationVersion("0.1.0"))
	for i := 0; i < n; i++ {
		_, span := tracer.Start(context.Background(), "GET /greet",
			trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(time.Unix(1700000000, 0)))
		span.SetAttributes(
			attribute.String("http.request.method", "GET"), attribute.String("url.path", "/greet"),
			attribute.String("url.scheme", "http"), attribute.Int("http.response.status_code", 200),
			attribute.String("server.address", "localhost"), attribute.Int("server.port", 8080),
			attribute.String("network.protocol.version", "1.1"), attribute.String("user_agent.original", "curl/8.5.0"),
		)
		span.End(trace.WithTimestamp(time.Unix(1700000000, 12e6)))
	}
	return ended.Ended()
}

// The spans of a group are encoded into memory that is already there: what is
// left to allocate belongs to the batch, not to the span.
func TestEncodingAllocatesPerBatch(t *testing.T) {
	few, many := serverSpans(1), serverSpans(512)
	buffer := AppendRequest(nil, many)
	allocations := func(spans []sdktrace.ReadOnlySpan) float64 {
		return testing.AllocsPerRun(20, func() { buffer = AppendRequest(buffer[:0], spans) })
	}
	if one, all := allocations(few), allocations(many); all-one > 20 {
		t.Errorf("%v allocations for 512 spans, %v for one", all, one)
	}
}

func BenchmarkEncode(b *testing.B) {
	spans := serverSpans(512)
	buffer := AppendRequest(nil, spans)
	b.SetBytes(int64(len(buffer)))
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		buffer = AppendRequest(buffer[:0], spans)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/512, "ns/span")
}
