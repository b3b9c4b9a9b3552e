// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/instrumentation"
)

// dropping is our SDK's provider where its sampler is certain to say no.
type dropping struct{ *sdk.TracerProvider }

func (d dropping) Drops(trace.SpanContext) bool { return true }
func (d dropping) Own() trace.TracerProvider    { return d.TracerProvider }

// nowhere is headers that can't be written.
type nowhere struct{}

func (nowhere) Get(string) string  { return "" }
func (nowhere) Set(string, string) {}
func (nowhere) Keys() []string     { return nil }

// What isn't sampled costs what the hook keeps of the call, and its own headers.
func TestUnsampledAllocatesNothingMore(t *testing.T) {
	defer func(p trace.TracerProvider, of propagation.TextMapPropagator) {
		otel.SetTracerProvider(p)
		otel.SetTextMapPropagator(of)
	}(otel.GetTracerProvider(), otel.GetTextMapPropagator())
	otel.SetTracerProvider(dropping{sdk.NewTracerProvider()})
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator())
	headers, ctx := One(nowhere{}), context.Background()
	for name, f := range map[string]func(*Call){
		"send":    func(c *Call) { kafka.Send(c, ctx, "send", orders, 1, headers, nil) },
		"process": func(c *Call) { kafka.Process(c, ctx, "process", orders, 1, headers, nil) },
		"settle":  func(c *Call) { kafka.Settle(c, ctx, "ack", orders, 1, nil, nil) },
	} {
		if n := testing.AllocsPerRun(100, func() {
			c := &Call{}
			f(c)
			c.End(instrumentation.Failure{})
		}); n > 2 { // the call, and the name
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
