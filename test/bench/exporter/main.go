// SPDX-License-Identifier: Apache-2.0

// exporter prints how many spans a second one core encodes, and exports over gRPC to the collector that it is told of.
// The time is that of the processor, of all threads of this process.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"syscall"
	"time"

	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions"
	"otel.runtime/exporter/otlp"
)

const (
	batch   = 512 // as OTEL_BSP_MAX_EXPORT_BATCH_SIZE has it by default
	batches = 400
	rounds  = 5
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: exporter ENDPOINT")
	}
	spans := serverSpans()
	var buffer []byte
	row("encoded", func() {
		buffer = otlp.AppendRequest(buffer[:0], spans)
	})
	tell := func(text string) { log.Fatal(text) }
	environment := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": os.Args[1]}
	exporter := otlp.New(otlp.ConfigFromEnv(otlp.Traces, func(name string) string { return environment[name] }, tell))
	row("exported over gRPC", func() {
		if err := exporter.ExportSpans(context.Background(), spans); err != nil {
			log.Fatal(err)
		}
	})
	fmt.Printf("%-44s %9d\n", "bytes a span", len(buffer)/batch)
}

// row prints what a batch takes in the fastest of several rounds.
func row(name string, each func()) {
	each()
	best := time.Duration(1 << 62)
	for range rounds {
		before := processor()
		for range batches {
			each()
		}
		best = min(best, processor()-before)
	}
	perSpan := float64(best.Nanoseconds()) / batches / batch
	fmt.Printf("%-44s %6.0f ns a span %9.0f spans/s\n", name, perSpan, 1e9/perSpan)
}

func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		log.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// serverSpans are spans as net/http's hooks make them.
func serverSpans() []sdktrace.ReadOnlySpan {
	var ended collected
	provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(&ended))
	tracer := provider.Tracer("otel.runtime/nethttp", trace.WithSchemaURL(conventions.SchemaURL))
	for range batch {
		_, span := tracer.Start(context.Background(), "GET /items/{id}", trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(
			attribute.String("http.request.method", "GET"), attribute.String("http.route", "/items/{id}"),
			attribute.String("url.scheme", "http"), attribute.String("url.path", "/items/4711"),
			attribute.String("server.address", "shop.example.com"), attribute.Int("server.port", 8080),
			attribute.String("client.address", "10.1.2.3"), attribute.String("network.peer.address", "10.1.2.3"),
			attribute.Int("network.peer.port", 50321), attribute.String("network.protocol.version", "1.1"),
			attribute.String("user_agent.original", "curl/8.5.0"), attribute.Int("http.response.status_code", 200)))
		span.End()
	}
	return ended
}

type collected []sdktrace.ReadOnlySpan

func (c *collected) ExportSpans(_ context.Context, spans []sdktrace.ReadOnlySpan) error {
	*c = append(*c, spans...)
	return nil
}
func (*collected) Shutdown(context.Context) error { return nil }
