// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

func options(kind trace.SpanKind) []trace.SpanStartOption {
	return []trace.SpanStartOption{trace.WithSpanKind(kind), trace.WithAttributes(attribute.String("by", "theirs"))}
}

// adopt has a tracer of the program's own, of provider and scope, start a span.
func adopt(ctx context.Context, provider trace.TracerProvider, scope, name string, options []trace.SpanStartOption) (context.Context, trace.Span) {
	with, span := newStarted(provider).adopt(&ctx, provider, scope, name, options)
	return with, span
}

func TestServerSpanIsAdoptedOnce(t *testing.T) {
	weave(t)
	recorder := tracetest.NewSpanRecorder()
	provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder))
	_, ours := provider.Tracer("otel.runtime/nethttp").Start(context.Background(), "GET", trace.WithSpanKind(trace.SpanKindServer))
	node := Push(ours)
	ctx := context.Background()
	if _, span := adopt(ctx, provider, "example.com/otelhttp", "inner", options(trace.SpanKindInternal)); span != nil {
		t.Error("an INTERNAL span was adopted")
	}
	if _, span := adopt(ctx, provider, "example.com/jsonrpc", "method", options(trace.SpanKindServer)); span != nil {
		t.Error("adopted by a scope that nobody knows")
	}
	with, span := adopt(ctx, provider, "example.com/otelhttp", "greet", append(options(trace.SpanKindServer), trace.WithLinks(trace.Link{SpanContext: newSpan(7).SpanContext()})))
	if span == nil || trace.SpanFromContext(with) != span {
		t.Fatal("not adopted")
	}
	if _, again := adopt(ctx, provider, "example.com/otelhttp/v2", "x", options(trace.SpanKindServer)); again != nil {
		t.Error("adopted twice")
	}
	span.SetStatus(0, "")
	end := time.Now().Add(time.Hour)
	span.End(trace.WithTimestamp(end))
	if len(recorder.Ended()) != 0 || node.Adopted() != "example.com/otelhttp" {
		t.Error("ended by who has adopted it")
	}
	node.EndSpan(ours)
	ended := recorder.Ended()[0]
	if ended.Name() != "greet" || len(ended.Attributes()) != 1 || len(ended.Links()) != 1 || !ended.EndTime().Equal(end) {
		t.Errorf("%s %v", ended.Name(), ended.Attributes())
	}
}

func TestClientSpansAreAdoptedWithinAFamily(t *testing.T) {
	weave(t)
	provider := sdk.NewTracerProvider()
	ctx, ours := provider.Tracer("otel.runtime/databasesql").Start(context.Background(), "SELECT", trace.WithSpanKind(trace.SpanKindClient))
	Push(ours)
	client := options(trace.SpanKindClient)
	if _, span := adopt(ctx, provider, "example.com/otelhttp", "GET", client); span != nil {
		t.Error("adopted by another family")
	}
	if _, span := adopt(ctx, provider, "github.com/exaring/otelpgx", "connect", client); span != nil {
		t.Error("adopted by the connection that it needs")
	}
	for i := 0; i < 2; i++ {
		if _, span := adopt(ctx, provider, "github.com/XSAM/otelsql", "sql.conn.query", client); span == nil {
			t.Error("not adopted")
		}
	}
	with, _ := adopt(ctx, provider, "github.com/exaring/otelpgx", "query", client)
	if _, span := adopt(with, provider, "github.com/exaring/otelpgx", "prepare", client); span != nil {
		t.Error("adopted by what is a part of the span that has adopted it")
	}
	track(provider.Tracer("app").Start(ctx, "own", client...))
	if _, span := adopt(ctx, provider, "github.com/XSAM/otelsql", "sql.rows", client); span != nil {
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

// A span that ours can't be takes its place: of another provider, a new root, or
// one of another time.
func TestSpanTakesThePlaceOfOurs(t *testing.T) {
	provider, other := sdk.NewTracerProvider(), sdk.NewTracerProvider()
	remote := newSpan(9).SpanContext().WithRemote(true).WithTraceFlags(trace.FlagsSampled)
	for what, asked := range map[string]struct {
		of      trace.TracerProvider
		options []trace.SpanStartOption
	}{
		"provider": {other, nil},
		"root":     {provider, []trace.SpanStartOption{trace.WithNewRoot()}},
		"time":     {provider, []trace.SpanStartOption{trace.WithTimestamp(time.Now())}},
	} {
		weave(t)
		recorder := tracetest.NewSpanRecorder()
		provider.RegisterSpanProcessor(recorder)
		parent := trace.ContextWithSpanContext(context.Background(), remote)
		ctx, ours := provider.Tracer("otel.runtime/nethttp").Start(parent, "GET", trace.WithSpanKind(trace.SpanKindServer))
		node := PushWorkContext(ctx)
		started := newStarted(provider)
		if _, span := started.adopt(&ctx, asked.of, "example.com/otelhttp", "greet", append(asked.options, trace.WithSpanKind(trace.SpanKindServer))); span != nil {
			t.Errorf("%s: adopted", what)
		}
		if !trace.SpanContextFromContext(ctx).Equal(remote) {
			t.Errorf("%s: it hasn't the parent that ours has", what)
		}
		_, theirs := started.Track(asked.of.Tracer("example.com/otelhttp").Start(ctx, "greet", asked.options...))
		if n, _, _ := reach(false); n == nil || !n.is(theirs.SpanContext()) {
			t.Errorf("%s: what is done for the request has another parent", what)
		}
		if node.EndSpan(ours); len(recorder.Ended()) != 0 {
			t.Errorf("%s: ours isn't dropped", what)
		}
		provider.UnregisterSpanProcessor(recorder)
	}
}
