// SPDX-License-Identifier: Apache-2.0

package otelspan

import (
	"context"
	"strings"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/exception"
)

const codeFunctionName = attribute.Key("code.function.name")

var library = instrumentation.New("otel.runtime/span", "otel:span", "span")

// running is one call, from Before to After.
type running struct {
	span      trace.Span
	node      *current.Node
	unsampled current.Unsampled
}

// Before starts the span of a call.
func Before(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any) {
	if library.Off || current.Suppressed() {
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
	started, span := library.Start(current.Context(parent), &r.unsampled, name, trace.SpanKindInternal, func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, codeFunctionName.String(names.qualified))
	})
	if !span.SpanContext().IsValid() {
		return // no provider, and nothing to propagate
	}
	if len(d.Keys) > 0 { // not for the sampler: the text of a value may be a method's of the program
		library.Set(span, func(to []attribute.KeyValue) []attribute.KeyValue {
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
		exception.EndByPanic(r.span, value, false)
	} else if err != nil && r.span.IsRecording() {
		exception.Fail(r.span, exception.Type(err), exception.Message(err))
	}
	r.span.End()
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
