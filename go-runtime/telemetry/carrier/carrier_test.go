// SPDX-License-Identifier: Apache-2.0

package carrier

import (
	"net/http"
	"reflect"
	"testing"

	"go.opentelemetry.io/otel/propagation"
)

func TestCanonicalIsAHeaderCarrier(t *testing.T) {
	for _, key := range []string{"traceparent", "tracestate", "baggage", "b3", "uber-trace-id", "X-B3-TraceId", "x-own"} {
		want, got := http.Header{}, http.Header{}
		propagation.HeaderCarrier(want).Set(key, "one")
		Canonical(got).Set(key, "one")
		want.Add(key, "two")
		got.Add(key, "two")
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: set %v, want %v", key, got, want)
		}
		if got, want := Canonical(want).Get(key), propagation.HeaderCarrier(want).Get(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
		if got, want := Canonical(want).Values(key), want.Values(key); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: values %q, want %q", key, got, want)
		}
		if got, want := Canonical(want).Keys(), propagation.HeaderCarrier(want).Keys(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: keys %q, want %q", key, got, want)
		}
	}
}

func TestLower(t *testing.T) {
	received := Lower{"traceparent": {"a", "b"}}
	if received.Get("Traceparent") != "a" || received.Get("tracestate") != "" {
		t.Error(received)
	}
	received.Set("Baggage", "c")
	if !reflect.DeepEqual(received["baggage"], []string{"c"}) || len(received.Keys()) != 2 {
		t.Error(received)
	}
	if !Carries(received, propagation.Baggage{}) || Carries(Lower{}, propagation.Baggage{}) {
		t.Error("what a propagator reads")
	}
}

func TestPairs(t *testing.T) {
	var sent Pairs
	sent.Set("Traceparent", "a")
	sent.Set("baggage", "b")
	if want := (Pairs{"traceparent", "a", "baggage", "b"}); !reflect.DeepEqual(sent, want) {
		t.Error(sent)
	}
}

// The values of the usual propagators are in the carrier itself.
func TestInjected(t *testing.T) {
	of := Injected{Canonical: Canonical{}}
	for _, key := range []string{"traceparent", "tracestate", "baggage"} {
		of.Set(key, key)
	}
	if want := (Canonical{"Traceparent": {"traceparent"}, "Tracestate": {"tracestate"}, "Baggage": {"baggage"}}); !reflect.DeepEqual(of.Canonical, want) {
		t.Error(of.Canonical)
	}
	if values := of.Canonical["Traceparent"]; cap(values) != 1 {
		t.Error("what is appended to one header would be in another")
	}
}
