// SPDX-License-Identifier: Apache-2.0

// Package semconv compares received spans with the OpenTelemetry semantic
// conventions of one version and says what doesn't hold.
package semconv

import (
	"fmt"
	"slices"
	"strings"

	"otel.runtime/view/receiver"
)

// prefix is what the names of attributes begin with that are no one else's.
const prefix = "otel.go."

// Check returns a line for each kind of breach: an attribute that the conventions don't
// have, one of another type or that doesn't belong to this kind of span, a
// required one that is missing, a name or a status that is made otherwise.
// Spans of a program's own (no scope of "otel.runtime/…") may say what they like.
func Check(spans []receiver.Span) (breaches []string, err error) {
	types, err := registry()
	if err != nil {
		return nil, err
	}
	for _, span := range spans {
		if !strings.HasPrefix(span.Scope.Name, "otel.runtime/") {
			continue
		}
		say := func(format string, args ...any) {
			breach := fmt.Sprintf("%s %q (%s): ", span.Kind, span.Name, span.Scope.Name) + fmt.Sprintf(format, args...)
			if !slices.Contains(breaches, breach) {
				breaches = append(breaches, breach)
			}
		}
		if want := "https://opentelemetry.io/schemas/" + Version; span.Scope.SchemaURL != want {
			say("schema URL %q, not %q", span.Scope.SchemaURL, want)
		}
		if span.End < span.Start {
			say("ends before it starts")
		}
		for i, a := range span.Attributes {
			checkType(types, a, say)
			if slices.ContainsFunc(span.Attributes[:i], func(b receiver.Attribute) bool { return a.Key == b.Key }) {
				say("%s is there twice", a.Key)
			}
		}
		for _, event := range span.Events {
			for _, a := range event.Attributes {
				checkType(types, a, say)
			}
			if event.Name == "exception" && event.Attributes.Get("exception.type") == nil && event.Attributes.Get("exception.message") == nil {
				say("an exception with neither type nor message")
			}
		}
		checkStatus(span, say)
		if !slices.ContainsFunc(groups, func(g group) bool { return g.check(span, types, say) }) {
			say("no conventions are known for such a span")
		}
	}
	return breaches, nil
}

type sayer func(format string, args ...any)

func checkType(types map[string]string, a receiver.Attribute, say sayer) {
	of, known := types[a.Key]
	switch {
	case strings.HasPrefix(a.Key, prefix):
	case strings.HasPrefix(a.Key, "http.request.header.") || strings.HasPrefix(a.Key, "http.response.header."):
		if !fits(a.Value, "string[]") {
			say("%s is %T, not string[]", a.Key, a.Value)
		}
	case strings.HasPrefix(a.Key, "db.operation.parameter."):
		if !fits(a.Value, "string") {
			say("%s is %T, not string", a.Key, a.Value)
		}
	case !known:
		say("%s isn't of the conventions, nor %s…", a.Key, prefix)
	case !fits(a.Value, of):
		say("%s is %T, not %s", a.Key, a.Value, of)
	case a.Value == "":
		say("%s is empty", a.Key)
	}
}

// https://opentelemetry.io/docs/specs/semconv/general/recording-errors/
func checkStatus(span receiver.Span, say sayer) {
	failed, kind := span.Status.Code == "ERROR", span.Attributes.Get("error.type")
	if span.Status.Code == "OK" {
		say("status OK is the application's to set")
	}
	if failed && kind == nil {
		say("status ERROR without error.type")
	}
	if !failed && kind != nil {
		say("error.type %v without status ERROR", kind)
	}
	if !failed && span.Status.Message != "" {
		say("a status message %q without status ERROR", span.Status.Message)
	}
}
