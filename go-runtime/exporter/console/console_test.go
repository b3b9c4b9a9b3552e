// SPDX-License-Identifier: Apache-2.0

package console

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// printing gives a tracer whose spans are exported as they end.
func printing(out *bytes.Buffer) (trace.Tracer, *Exporter) {
	e := New(out)
	p := sdktrace.NewTracerProvider(sdktrace.WithSyncer(e), sdktrace.WithSampler(sdktrace.AlwaysSample()),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "shop"))))
	return p.Tracer("test"), e
}

func TestTraceIsPrintedWhenItsRootEnds(t *testing.T) {
	var out bytes.Buffer
	tracer, _ := printing(&out)
	from := time.Unix(1700000000, 0)
	ctx, root := tracer.Start(context.Background(), "GET /greet", trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(from))
	_, child := tracer.Start(ctx, "SELECT", trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(from))
	child.SetStatus(codes.Error, "gone")
	child.SetAttributes(attribute.Int("n", 12))
	child.AddEvent("retry", trace.WithAttributes(attribute.Bool("last", true)))
	child.End(trace.WithTimestamp(from.Add(time.Millisecond)))
	if out.Len() > 0 {
		t.Errorf("printed before the root ended: %s", &out)
	}
	root.End(trace.WithTimestamp(from.Add(2 * time.Millisecond)))
	want := "trace " + root.SpanContext().TraceID().String() + "  2ms  2 spans\n" +
		"└─ SERVER GET /greet  2ms  [shop]\n" +
		"   └─ CLIENT SELECT  1ms  n=12  ERROR gone\n" +
		"        retry  last=true\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}

// The span of a request from another process is a local root.
func TestRemoteParent(t *testing.T) {
	var out bytes.Buffer
	tracer, _ := printing(&out)
	remote := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: trace.FlagsSampled, Remote: true})
	_, span := tracer.Start(trace.ContextWithSpanContext(context.Background(), remote), "GET")
	span.End()
	if !strings.HasPrefix(out.String(), "trace 01000000000000000000000000000000") {
		t.Errorf("%q", &out)
	}
}

func TestForceFlushAndShutdown(t *testing.T) {
	var out bytes.Buffer
	tracer, e := printing(&out)
	ctx, root := tracer.Start(context.Background(), "root")
	_, child := tracer.Start(ctx, "first child")
	child.End()
	if err := e.ForceFlush(context.Background()); err != nil || !strings.Contains(out.String(), "INTERNAL first child") {
		t.Errorf("%v %q", err, &out)
	}
	_, child = tracer.Start(ctx, "second child")
	child.End()
	if err := e.Shutdown(context.Background()); err != nil || strings.Count(out.String(), "first child") != 1 || !strings.Contains(out.String(), "second child") {
		t.Errorf("%v %q", err, &out)
	}
	length := out.Len()
	root.End()
	if out.Len() != length {
		t.Errorf("printed after Shutdown: %s", out.String()[length:])
	}
}

// Children whose root never ends are printed when there are too many.
func TestBufferIsBounded(t *testing.T) {
	var out bytes.Buffer
	tracer, e := printing(&out)
	first, _ := tracer.Start(context.Background(), "never ends")
	second, _ := tracer.Start(context.Background(), "never ends")
	for i := 0; i <= most; i++ {
		ctx := second
		if i == 0 {
			ctx = first
		}
		_, child := tracer.Start(ctx, "child")
		child.End()
	}
	if n := len(regexp.MustCompile(`(?m)^trace `).FindAllString(out.String(), -1)); n != 1 || e.spans != most || len(e.waiting) != 1 || len(e.arrival) != 1 {
		t.Errorf("%d traces printed, %d spans of %d traces wait", n, e.spans, len(e.waiting))
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no paper") }

func TestWriteError(t *testing.T) {
	e := New(broken{})
	p := sdktrace.NewTracerProvider(sdktrace.WithSampler(sdktrace.AlwaysSample()))
	_, span := p.Tracer("t").Start(context.Background(), "a")
	span.End()
	if err := e.ExportSpans(context.Background(), []sdktrace.ReadOnlySpan{span.(sdktrace.ReadOnlySpan)}); err == nil || len(e.waiting) != 0 {
		t.Errorf("%v, %d traces wait", err, len(e.waiting))
	}
}
