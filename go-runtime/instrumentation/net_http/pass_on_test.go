// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"go.opentelemetry.io/otel/baggage"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
)

const caller = "00-0102030405060708090a0b0c0d0e0f10-0102030405060708-01"

func TestNothingIsTracedWhenOff(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	current.TurnOff()
	serve(t, request("GET", "/items"), nothing, responseState{status: 200})
	req := get(t, "http://localhost/")
	answer := answers(200, text("hello"))
	if _, err := roundTrip(req, func(sent *http.Request) (*http.Response, error) {
		if sent != req {
			t.Error("a request with nothing to pass on isn't the caller's own")
		}
		return answer(sent)
	}); err != nil {
		t.Error(err)
	}
	if spans := ended(); len(spans) != 0 {
		t.Errorf("%d spans", len(spans))
	}
}

func TestWhatCameIsPassedOnWhenOff(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	current.TurnOff()
	served := request("GET", "/items", "traceparent", caller, "baggage", "tenant=blue")
	serve(t, served, func(w http.ResponseWriter, r *http.Request) {
		if sc := trace.SpanContextFromContext(r.Context()); !sc.IsRemote() || sc.TraceID().String() != caller[3:35] {
			t.Errorf("the handler's context has %v", sc)
		}
		if tenant := baggage.FromContext(r.Context()).Member("tenant").Value(); tenant != "blue" {
			t.Errorf("tenant = %q", tenant)
		}
		req := get(t, "http://localhost/").WithContext(r.Context())
		response, err := roundTrip(req, func(sent *http.Request) (*http.Response, error) {
			if got := sent.Header.Get("Traceparent"); got != caller {
				t.Errorf("traceparent = %q", got)
			}
			if got := sent.Header.Get("Baggage"); got != "tenant=blue" {
				t.Errorf("baggage = %q", got)
			}
			response, err := answers(200, text("hello"))(sent)
			response.Request = sent
			return response, err
		})
		if err != nil || response.Request != req {
			t.Error("the response isn't one to the caller's request", err)
		}
		if len(req.Header) != 0 {
			t.Error("the caller's headers have changed:", req.Header)
		}
	}, responseState{status: 200})
	if spans := ended(); len(spans) != 0 {
		t.Errorf("%d spans", len(spans))
	}
}

func TestHooksAllocateNothingWhenOff(t *testing.T) {
	record(t, sdk.AlwaysSample())
	current.TurnOff()
	w, served, sent := httptest.NewRecorder(), request("GET", "/items"), get(t, "http://localhost/")
	if n := testing.AllocsPerRun(100, func() {
		var call hook.Call
		BeforeServe(&call, nil, w, served)
		AfterServe(&call)
		BeforeRoundTrip(&call, nil, &sent)
		AfterRoundTrip(&call, nil, nil)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestAProviderOfTheProgramsEndsOff(t *testing.T) {
	current.TurnOff()
	ended := record(t, sdk.AlwaysSample())
	serve(t, request("GET", "/items"), nothing, responseState{status: 200})
	only(t, ended)
}
