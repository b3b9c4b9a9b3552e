// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"errors"
	"net/http"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"otel.runtime/conventions/httpconv"
	"otel.runtime/hook"
)

func TestRouter(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	router := NewRouter("nobody")
	serve(t, request("GET", "/users/7"), func(_ http.ResponseWriter, r *http.Request) {
		router.Matched("rule")(r, "/users/:id")
		router.Failed("rule")(r, errors.New("no such user"))
		router.Recovered("rule")(r, "out of cheese")
	}, responseState{status: 500})
	span := only(t, ended)
	has(t, span.Attributes(), map[attribute.Key]string{httpconv.RouteKey: "/users/:id"})
	if events := span.Events(); len(events) != 2 || span.Name() != "GET /users/:id" || span.Status().Description != "out of cheese" {
		t.Errorf("%s %v %v", span.Name(), events, span.Status())
	}
}

// A handler that a router has looked up may be called without a request.
func TestRouterWithoutARequest(t *testing.T) {
	before := hook.Panics()
	router := NewRouter("nobody")
	router.Matched("rule")(nil, "/users/:id")
	router.Failed("rule")(nil, errors.New("no such user"))
	router.Recovered("rule")(nil, "out of cheese")
	if n := hook.Panics() - before; n != 0 {
		t.Errorf("%d panics", n)
	}
}

func TestRouterThatIsOff(t *testing.T) {
	t.Setenv("OTEL_GO_DISABLED_INSTRUMENTATIONS", "chi")
	router := NewRouter("chi")
	if router.Matched("rule") != nil || router.Failed("rule") != nil || router.Recovered("rule") != nil {
		t.Error("it would be told something")
	}
}

// A program that calls a mux by itself, without a request, sees the mux's own panic alone.
func TestAMuxWithoutARequest(t *testing.T) {
	call := &hook.Call{}
	BeforeServeMux(call, nil, nil, nil)
	AfterServeMux(call, nil, nil, nil)
	if call.Data() != nil {
		t.Error(call.Data())
	}
}
