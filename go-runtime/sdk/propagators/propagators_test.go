// SPDX-License-Identifier: Apache-2.0

package propagators

import (
	"context"
	"net/http"
	"testing"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

const (
	traceID = "0af7651916cd43dd8448eb211c80319c"
	spanID  = "b7ad6b7169203331"
)

func carrier(words ...string) propagation.HeaderCarrier {
	h := http.Header{}
	for i := 0; i < len(words); i += 2 {
		h.Set(words[i], words[i+1])
	}
	return propagation.HeaderCarrier(h)
}

// described is "trace span sampled", or "none".
func described(ctx context.Context) string {
	sc := trace.SpanContextFromContext(ctx)
	if !sc.IsValid() || !sc.IsRemote() {
		return "none"
	}
	if sc.IsSampled() {
		return sc.TraceID().String() + " " + sc.SpanID().String() + " sampled"
	}
	return sc.TraceID().String() + " " + sc.SpanID().String()
}

func TestExtract(t *testing.T) {
	const both, sampled = traceID + " " + spanID, traceID + " " + spanID + " sampled"
	for _, c := range []struct {
		name string
		from propagation.TextMapPropagator
		in   propagation.HeaderCarrier
		want string
	}{
		{"b3", B3{}, carrier("B3", traceID+"-"+spanID+"-1"), sampled},
		{"b3 not sampled", B3{}, carrier("b3", traceID+"-"+spanID+"-0"), both},
		{"b3 deferred", B3{}, carrier("b3", traceID+"-"+spanID), both},
		{"b3 debug with parent", B3{}, carrier("b3", traceID+"-"+spanID+"-d-05e3ac9a4f6e3b90"), sampled},
		{"b3 of 64 bits", B3{}, carrier("b3", traceID[16:]+"-"+spanID+"-1"), "0000000000000000" + traceID[16:] + " " + spanID + " sampled"},
		{"b3 denied", B3{}, carrier("b3", "0"), "none"},
		{"b3 broken", B3{}, carrier("b3", "xyz-"+spanID+"-1"), "none"},
		{"b3 of zeros", B3{}, carrier("b3", "0-0-1"), "none"},
		{"b3 multi", B3{Multi: true}, carrier("X-B3-TraceId", traceID, "X-B3-SpanId", spanID, "X-B3-Sampled", "1"), sampled},
		{"b3 multi old", B3{}, carrier("X-B3-TraceId", traceID, "X-B3-SpanId", spanID, "X-B3-Sampled", "true"), sampled},
		{"b3 multi debug", B3{}, carrier("X-B3-TraceId", traceID, "X-B3-SpanId", spanID, "X-B3-Flags", "1"), sampled},
		{"jaeger", Jaeger{}, carrier("uber-trace-id", traceID+":"+spanID+":0:1"), sampled},
		{"jaeger short", Jaeger{}, carrier("uber-trace-id", traceID[16:]+":1:0:0"), "0000000000000000" + traceID[16:] + " 0000000000000001"},
		{"jaeger escaped", Jaeger{}, carrier("uber-trace-id", traceID+"%3A"+spanID+"%3A0%3A3"), sampled},
		{"jaeger broken", Jaeger{}, carrier("uber-trace-id", traceID+":"+spanID+":0"), "none"},
		{"xray", XRay{}, carrier("X-Amzn-Trace-Id", "Self=1-2-3;Sampled=1;Parent="+spanID+"; Root=1-"+traceID[:8]+"-"+traceID[8:]), sampled},
		{"xray undecided", XRay{}, carrier("X-Amzn-Trace-Id", "Root=1-"+traceID[:8]+"-"+traceID[8:]+";Parent="+spanID+";Sampled=?"), both},
		{"xray without parent", XRay{}, carrier("X-Amzn-Trace-Id", "Root=1-"+traceID[:8]+"-"+traceID[8:]), "none"},
		{"ottrace", OTTrace{}, carrier("ot-tracer-traceid", traceID[16:], "ot-tracer-spanid", spanID, "ot-tracer-sampled", "True"), "0000000000000000" + traceID[16:] + " " + spanID + " sampled"},
		{"ottrace of 128 bits, not sampled", OTTrace{}, carrier("Ot-Tracer-Traceid", traceID, "Ot-Tracer-Spanid", spanID, "Ot-Tracer-Sampled", "0"), both},
		{"ottrace without a span", OTTrace{}, carrier("ot-tracer-traceid", traceID, "ot-tracer-sampled", "1"), "none"},
		{"nothing", B3{}, carrier(), "none"},
	} {
		if got := described(c.from.Extract(context.Background(), c.in)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWhatIsInjectedIsExtracted(t *testing.T) {
	for _, p := range []propagation.TextMapPropagator{B3{}, B3{Multi: true}, Jaeger{}, XRay{}, OTTrace{}} {
		for _, flags := range []trace.TraceFlags{0, trace.FlagsSampled} {
			id, _ := trace.TraceIDFromHex(traceID)
			span, _ := trace.SpanIDFromHex(spanID)
			sc := trace.NewSpanContext(trace.SpanContextConfig{TraceID: id, SpanID: span, TraceFlags: flags})
			h := carrier()
			p.Inject(trace.ContextWithSpanContext(context.Background(), sc), h)
			for _, key := range h.Keys() {
				known := false
				for _, field := range p.Fields() {
					known = known || http.CanonicalHeaderKey(field) == http.CanonicalHeaderKey(key)
				}
				if !known {
					t.Errorf("%T: %s isn't among its fields", p, key)
				}
			}
			got := trace.SpanContextFromContext(p.Extract(context.Background(), h))
			if _, short := p.(OTTrace); short {
				last, _ := trace.TraceIDFromHex("0000000000000000" + traceID[16:])
				sc = sc.WithTraceID(last)
			}
			if !got.Equal(sc.WithRemote(true)) {
				t.Errorf("%T: %v of %v", p, got, h)
			}
		}
		h := carrier()
		p.Inject(context.Background(), h)
		if len(h) > 0 {
			t.Errorf("%T injects %v without a span", p, h)
		}
	}
}

func TestB3DebugGoesOn(t *testing.T) {
	ctx := B3{}.Extract(context.Background(), carrier("b3", traceID+"-"+spanID+"-d"))
	h := carrier()
	B3{}.Inject(ctx, h)
	if h.Get("b3") != traceID+"-"+spanID+"-d" {
		t.Error(h)
	}
	h = carrier()
	B3{Multi: true}.Inject(ctx, h)
	if h.Get("x-b3-flags") != "1" || h.Get("x-b3-sampled") != "" {
		t.Error(h)
	}
}

func TestJaegerBaggage(t *testing.T) {
	ctx := Jaeger{}.Extract(context.Background(), carrier("uberctx-user", "a%20b", "Other", "x"))
	if v := baggage.FromContext(ctx).Member("user").Value(); v != "a b" {
		t.Errorf("%q", v)
	}
	h := carrier()
	Jaeger{}.Inject(ctx, h)
	if h.Get("uberctx-user") != "a+b" {
		t.Error(h)
	}
}

func TestOTTraceBaggage(t *testing.T) {
	ctx := OTTrace{}.Extract(context.Background(), carrier("ot-tracer-traceid", traceID, "ot-tracer-spanid", spanID, "ot-baggage-user", "a b", "Other", "x"))
	if v := baggage.FromContext(ctx).Member("user").Value(); v != "a b" {
		t.Errorf("%q", v)
	}
	h := carrier()
	OTTrace{}.Inject(ctx, h)
	if h.Get("ot-baggage-user") != "a b" || h.Get("ot-baggage-other") != "" {
		t.Error(h)
	}
}
