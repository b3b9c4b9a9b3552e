// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"reflect"
	"testing"

	"go.opentelemetry.io/otel/propagation"
)

func TestCarrierIsAHeaderCarrier(t *testing.T) {
	for _, key := range []string{"traceparent", "tracestate", "baggage", "b3", "uber-trace-id", "X-B3-TraceId", "x-own"} {
		want, got := http.Header{}, http.Header{}
		propagation.HeaderCarrier(want).Set(key, "one")
		carrier(got).Set(key, "one")
		want.Add(key, "two")
		got.Add(key, "two")
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: set %v, want %v", key, got, want)
		}
		if got, want := carrier(want).Get(key), propagation.HeaderCarrier(want).Get(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
		if got, want := carrier(want).Values(key), want.Values(key); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: values %q, want %q", key, got, want)
		}
		if got, want := carrier(want).Keys(), propagation.HeaderCarrier(want).Keys(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: keys %q, want %q", key, got, want)
		}
	}
}
