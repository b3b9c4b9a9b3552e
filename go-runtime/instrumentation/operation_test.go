// SPDX-License-Identifier: Apache-2.0

package instrumentation

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"otel.runtime/hook"
	"otel.runtime/internal/spantest"
	"otel.runtime/telemetry/meter"
)

func nothing(to []attribute.KeyValue) []attribute.KeyValue { return to }

func TestOperationEnds(t *testing.T) {
	for name, test := range map[string]struct {
		failed      Failure
		kind        string
		description string
		events      int
	}{
		"well":     {FailureOfCall(&hook.Call{}, nil), "", "", 0},
		"error":    {FailureOfCall(&hook.Call{}, errors.New("amqp://me:hunter2@mq is gone")), "*errors.errorString", "amqp://REDACTED@mq is gone", 0},
		"deadline": {FailureOf(fmt.Errorf("call: %w", context.DeadlineExceeded)), "context.DeadlineExceeded", "call: context deadline exceeded", 0},
		"panic":    {PanicOf("out of cheese"), "string", "out of cheese", 1},
		"goexit":   {PanicOf(nil), "runtime.Goexit", "ended by runtime.Goexit", 0},
	} {
		t.Run(name, func(t *testing.T) {
			ended := spantest.Record(t, sdk.AlwaysSample())
			var o Operation
			New("otel.runtime/test").Begin(&o, nil, "work", trace.SpanKindInternal, func(to []attribute.KeyValue) []attribute.KeyValue {
				return append(to, attribute.String("a", "b"))
			})
			o.Push()
			if !o.Traced() || !o.Recording() || trace.SpanFromContext(o.Context) != o.Span() {
				t.Error("the operation has no span")
			}
			o.End(test.failed)
			span := spantest.Only(t, ended)
			spantest.Has(t, span.Attributes(), map[attribute.Key]string{"error.type": test.kind, "a": "b"})
			want := sdk.Status{}
			if test.kind != "" {
				want = sdk.Status{Code: codes.Error, Description: test.description}
			}
			if span.Status() != want || len(span.Events()) != test.events || test.failed.Failed() != (test.kind != "") {
				t.Errorf("%+v with %d events", span.Status(), len(span.Events()))
			}
		})
	}
}

// askedError counts how often its text is asked for.
type askedError struct{ asked int }

func (e *askedError) Error() string { e.asked++; return "no money" }

func TestTextOfAFailure(t *testing.T) {
	for sampler, want := range map[sdk.Sampler]int{sdk.AlwaysSample(): 1, sdk.NeverSample(): 0} {
		spantest.Record(t, sampler)
		var o Operation
		err := &askedError{}
		New("otel.runtime/test").Begin(&o, nil, "work", trace.SpanKindInternal, nothing)
		if o.End(FailureOf(err)); err.asked != want {
			t.Errorf("%s: asked %d times", sampler.Description(), err.asked)
		}
	}
}

func TestOperationHasLinks(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	to := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}})
	var o Operation
	New("otel.runtime/test").BeginLinked(&o, nil, "work", trace.SpanKindConsumer, time.Time{}, []trace.Link{{SpanContext: to}}, nothing)
	o.End(Failure{})
	span := spantest.Only(t, ended)
	if links := span.Links(); len(links) != 1 || !links[0].SpanContext.Equal(to) || span.Parent().IsValid() {
		t.Errorf("%+v", span)
	}
}

// A library that is switched off, or whose operation the program already traces.
func TestSkips(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	library := New("otel.runtime/nethttp")
	ctx, _ := otel.Tracer("go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp").Start(context.Background(), "GET", trace.WithSpanKind(trace.SpanKindClient))
	if library.Skips(context.Background(), trace.SpanKindClient) || !library.Skips(ctx, trace.SpanKindClient) || library.Skips(ctx, trace.SpanKindServer) {
		t.Error("which operations are skipped")
	}
	library.Off = true
	if !library.Skips(context.Background(), trace.SpanKindClient) {
		t.Error("one that is switched off isn't")
	}
}

// Without anybody to tell, the clock isn't read, and nothing is allocated but the
// context that the API makes.
func TestOperationThatIsOff(t *testing.T) {
	defer func(p trace.TracerProvider, m func() metric.MeterProvider) {
		otel.SetTracerProvider(p)
		meter.Provide = m
	}(otel.GetTracerProvider(), meter.Provide)
	otel.SetTracerProvider(noop.NewTracerProvider())
	meter.Provide = nil
	library, ctx := New("otel.runtime/test"), context.Background()
	o := &Operation{}
	if n := testing.AllocsPerRun(100, func() {
		library.Begin(o, ctx, "work", trace.SpanKindClient, nothing)
		o.Push()
		o.End(Failure{})
	}); n > 3 {
		t.Errorf("%v allocations", n)
	}
	if o.Traced() || o.Measured() || o.Took() != 0 {
		t.Error("it is told")
	}
	meter.Provide = func() metric.MeterProvider { return nil }
	if library.Begin(o, ctx, "work", trace.SpanKindClient, nothing); !o.Measured() || o.Took() <= 0 {
		t.Error("it isn't measured")
	}
	o = &Operation{}
	if library.Begin(o, ctx, "work", trace.SpanKindInternal, nothing); o.Measured() {
		t.Error("an internal one is measured")
	}
}
