// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

func options(kind trace.SpanKind) []trace.SpanStartOption {
	return []trace.SpanStartOption{trace.WithSpanKind(kind), trace.WithAttributes(attribute.String("by", "theirs"))}
}

func TestServerSpanIsAdoptedOnce(t *testing.T) {
	weave(t)
	recorder := tracetest.NewSpanRecorder()
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder))
	_, ours := provider.Tracer("otel.runtime/nethttp").Start(context.Background(), "GET", trace.WithSpanKind(trace.SpanKindServer))
	node := Push(ours)
	ctx := context.Background()
	if _, span := Adopt(ctx, "app", "inner", options(trace.SpanKindInternal)); span != nil {
		t.Error("an INTERNAL span was adopted")
	}
	with, span := Adopt(ctx, "example.com/otelhttp", "greet", options(trace.SpanKindServer))
	if span == nil || trace.SpanFromContext(with) != span {
		t.Fatal("not adopted")
	}
	if _, again := Adopt(ctx, "app", "x", options(trace.SpanKindServer)); again != nil {
		t.Error("adopted twice")
	}
	span.SetStatus(0, "")
	span.End()
	if len(recorder.Ended()) != 0 || node.Adopted() != "example.com/otelhttp" {
		t.Error("ended by who has adopted it")
	}
	ours.End()
	ended := recorder.Ended()[0]
	if ended.Name() != "greet" || len(ended.Attributes()) != 1 {
		t.Errorf("%s %v", ended.Name(), ended.Attributes())
	}
}

func TestClientSpansAreAdoptedWithinAFamily(t *testing.T) {
	weave(t)
	provider := sdk.NewTracerProvider()
	ctx, ours := provider.Tracer("otel.runtime/databasesql").Start(context.Background(), "SELECT", trace.WithSpanKind(trace.SpanKindClient))
	Push(ours)
	client := options(trace.SpanKindClient)
	if _, span := Adopt(ctx, "example.com/otelhttp", "GET", client); span != nil {
		t.Error("adopted by another family")
	}
	for i := 0; i < 2; i++ {
		if _, span := Adopt(ctx, "github.com/XSAM/otelsql", "sql.conn.query", client); span == nil {
			t.Error("not adopted")
		}
	}
	Track(provider.Tracer("app").Start(ctx, "own", client...))
	if _, span := Adopt(ctx, "github.com/XSAM/otelsql", "sql.rows", client); span != nil {
		t.Error("the program's own span was adopted")
	}
}

func TestDoubled(t *testing.T) {
	weave(t)
	provider := sdk.NewTracerProvider()
	ctx, _ := provider.Tracer("example.com/otelgrpc").Start(context.Background(), "call", options(trace.SpanKindServer)...)
	if !Doubled(ctx, trace.SpanKindServer, "otel.runtime/grpc") {
		t.Error("not seen in the context")
	}
	if Doubled(ctx, trace.SpanKindClient, "otel.runtime/grpc") || Doubled(ctx, trace.SpanKindServer, "otel.runtime/nethttp") ||
		Doubled(context.Background(), trace.SpanKindServer, "otel.runtime/grpc") {
		t.Error("doubles something else")
	}
}
