// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"strings"
	"testing"

	"otel.runtime/view/receiver"

	_ "go.opentelemetry.io/otel/semconv/v1.43.0" // the registry is read from its source
)

func attributes(pairs ...any) (all receiver.Attributes) {
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, receiver.Attribute{Key: pairs[i].(string), Value: pairs[i+1]})
	}
	return all
}

// good is a span that the conventions have nothing against.
func good() receiver.Span {
	return receiver.Span{
		Name: "GET /users/{id}", Kind: "SERVER", Start: 1, End: 2, Status: receiver.Status{Code: "UNSET"},
		Scope: receiver.Scope{Name: "otel.runtime/nethttp", SchemaURL: "https://opentelemetry.io/schemas/" + Version},
		Attributes: attributes("http.request.method", "GET", "http.route", "/users/{id}", "url.path", "/users/7", "url.scheme", "http",
			"http.response.status_code", int64(200), "otel.go.something", true),
	}
}

func TestEachBreachIsToldOnce(t *testing.T) {
	for what, breach := range map[string]func(*receiver.Span){
		"":                                    func(s *receiver.Span) {},
		"no conventions are known":            func(s *receiver.Span) { s.Kind = "PRODUCER" },
		"http.flavor isn't of":                func(s *receiver.Span) { s.Attributes[5].Key = "http.flavor" },
		"messaging.system isn't for":          func(s *receiver.Span) { s.Attributes[5] = receiver.Attribute{Key: "messaging.system", Value: "kafka"} },
		"http.response.status_code is string": func(s *receiver.Span) { s.Attributes[4].Value = "200" },
		"http.response.status_code is missing here": func(s *receiver.Span) {
			s.Attributes[4].Key = "otel.go.x"
		},
		"url.path is missing":             func(s *receiver.Span) { s.Attributes[2] = receiver.Attribute{Key: "url.query", Value: "a=b"} },
		"url.path is empty":               func(s *receiver.Span) { s.Attributes[2].Value = "" },
		"url.scheme is there twice":       func(s *receiver.Span) { s.Attributes[5] = s.Attributes[3] },
		"ends before":                     func(s *receiver.Span) { s.Start = 3 },
		"schema URL":                      func(s *receiver.Span) { s.Scope.SchemaURL = "" },
		`named so, not "GET /users/{id}"`: func(s *receiver.Span) { s.Name = "GET /users/7" },
		"status ERROR without":            func(s *receiver.Span) { s.Status.Code = "ERROR" },
		"status OK is":                    func(s *receiver.Span) { s.Status.Code = "OK" },
		"error.type 500 without":          func(s *receiver.Span) { s.Attributes[5] = receiver.Attribute{Key: "error.type", Value: "500"} },
		"a status message":                func(s *receiver.Span) { s.Status.Message = "oh" },
		"an exception with neither":       func(s *receiver.Span) { s.Events = []receiver.Event{{Name: "exception"}} },
		"exception.type is int64": func(s *receiver.Span) {
			s.Events = []receiver.Event{{Name: "exception", Attributes: attributes("exception.type", int64(1))}}
		},
		"http.request.header.x is string, ": func(s *receiver.Span) { s.Attributes[5] = receiver.Attribute{Key: "http.request.header.x", Value: "y"} },
	} {
		span := good()
		breach(&span)
		got, err := Check([]receiver.Span{span})
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case what == "" && len(got) == 0:
		case len(got) == 1 && what != "" && strings.Contains(got[0], what):
		default:
			t.Errorf("%s: %q", what, got)
		}
	}
}

func TestSpansOfTheProgramSayWhatTheyLike(t *testing.T) {
	span := good()
	span.Scope.Name, span.Attributes = "app", attributes("anything", 1)
	if got, err := Check([]receiver.Span{span}); err != nil || len(got) != 0 {
		t.Error(got, err)
	}
}
