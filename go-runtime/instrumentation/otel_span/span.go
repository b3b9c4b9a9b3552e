// SPDX-License-Identifier: Apache-2.0

package otelspan

import (
	"context"
	"strings"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/exception"
)

const schemaURL = conventions.SchemaURL

const (
	codeFunctionName = attribute.Key("code.function.name")
	errorType        = attribute.Key("error.type")
)

var (
	tracer   = current.NewTracer("otel.runtime/span", trace.WithSchemaURL(schemaURL))
	disabled = isDisabled(environ.Get("OTEL_GO_DISABLED_INSTRUMENTATIONS"))
)

func isDisabled(list string) bool {
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name == "otel:span" || name == "span" {
			return true
		}
	}
	return false
}

// running is one call, from Before to After.
type running struct {
	span      trace.Span
	node      *current.Node
	unsampled current.Unsampled
}

// Before starts the span of a call.
func Before(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any) {
	if disabled || current.Suppressed() {
		return
	}
	parent := context.Background()
	given := ctx != nil && *ctx != nil
	if given {
		parent = *ctx
	}
	names := namesOf(call.Function())
	name := d.Name
	if name == "" {
		name = names.span
	}
	r := &running{}
	started, span := tracer.Start(current.Context(parent), &r.unsampled, name, trace.SpanKindInternal, func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, codeFunctionName.String(names.qualified))
	})
	if !span.SpanContext().IsValid() {
		return // no provider, and nothing to propagate
	}
	if len(d.Keys) > 0 { // not for the sampler: the text of a value may be a method's of the program
		tracer.Set(span, func(to []attribute.KeyValue) []attribute.KeyValue {
			for i, key := range d.Keys {
				to = append(to, attributeOf(key, values[i]))
			}
			return to
		})
	}
	if given {
		*ctx = started
	}
	r.span, r.node = span, current.PushWork(span)
	call.SetData(r)
}

// After ends it.
func After(call *hook.Call, _ *hook.Directive, err error) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	r.node.End()
	if value, panicked := call.Panic(); panicked {
		endedByPanic(r.span, value)
	} else if err != nil {
		fail(r.span, err)
	}
	r.span.End()
}

func fail(span trace.Span, err error) {
	if !span.IsRecording() {
		return
	}
	span.SetAttributes(errorType.String(exception.Type(err)))
	span.SetStatus(codes.Error, exception.Message(err))
}

// names are how a function is called in spans.
type names struct {
	span      string // "Client.Pay"
	qualified string // "example.com/shop/payment.(*Client).Pay", as the runtime spells it
}

var known sync.Map // of *hook.Function to *names

func namesOf(f *hook.Function) *names {
	if found, ok := known.Load(f); ok {
		return found.(*names)
	}
	made := &names{f.Name, f.Package + "." + f.Name}
	if f.Receiver != "" {
		base := strings.TrimPrefix(f.Receiver, "*")
		receiver := base
		if base != f.Receiver {
			receiver = "(" + f.Receiver + ")"
		}
		made = &names{base + "." + f.Name, f.Package + "." + receiver + "." + f.Name}
	}
	known.Store(f, made)
	return made
}
