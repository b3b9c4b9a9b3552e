// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"reflect"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"otel.runtime/view/receiver"
)

// The official exporters and the receiver understand each other, at both of its
// addresses.
func TestOfficialExporters(t *testing.T) {
	ctx := context.Background()
	received := make(chan []receiver.Span, 1)
	server, err := receiver.Listen(receiver.Handler(func(spans []receiver.Span) { received <- spans }), "127.0.0.1:0", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for i := 0; i < 2; i++ {
		address := server.Address(i)
		for name, client := range map[string]otlptrace.Client{
			"grpc":      otlptracegrpc.NewClient(otlptracegrpc.WithEndpoint(address), otlptracegrpc.WithInsecure()),
			"grpc gzip": otlptracegrpc.NewClient(otlptracegrpc.WithEndpoint(address), otlptracegrpc.WithInsecure(), otlptracegrpc.WithCompressor("gzip")),
			"http":      otlptracehttp.NewClient(otlptracehttp.WithEndpoint(address), otlptracehttp.WithInsecure()),
			"http gzip": otlptracehttp.NewClient(otlptracehttp.WithEndpoint(address), otlptracehttp.WithInsecure(), otlptracehttp.WithCompression(otlptracehttp.GzipCompression)),
		} {
			exporter, err := otlptrace.New(ctx, client)
			if err != nil {
				t.Fatal(err)
			}
			// The official exporters refuse text that isn't UTF-8, so no random span.
			span := tracetest.SpanStub{Name: name, SpanContext: newSpanSource(1).context(), Attributes: []attribute.KeyValue{attribute.Int64Slice("n", []int64{1, -1})}}
			if err := exporter.ExportSpans(ctx, tracetest.SpanStubs{span}.Snapshots()); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got := <-received
			if len(got) != 1 || got[0].Name != name || got[0].TraceID != span.SpanContext.TraceID().String() || !reflect.DeepEqual(got[0].Attributes.Get("n"), []any{int64(1), int64(-1)}) {
				t.Errorf("%s: %+v", name, got)
			}
			if err := exporter.Shutdown(ctx); err != nil {
				t.Error(err)
			}
		}
	}
}
