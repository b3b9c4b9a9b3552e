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
type running struct{ instrumentation.Operation }

// Before starts the span of a call.
func Before(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any) {
	if library.Off || current.Suppressed() {
		return
	}
	var parent context.Context
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
	library.Begin(&r.Operation, parent, name, trace.SpanKindInternal, func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, codeFunctionName.String(names.qualified))
	})
	if !r.Traced() {
		return // no provider, and nothing to propagate
	}
	if len(d.Keys) > 0 { // not for the sampler: the text of a value may be a method's of the program
		r.Set(func(to []attribute.KeyValue) []attribute.KeyValue {
			for i, key := range d.Keys {
				to = append(to, attributeOf(key, values[i]))
			}
			return to
		})
	}
	if given {
		*ctx = r.Context
	}
	r.PushWork()
	call.SetData(r)
}

// After ends it.
func After(call *hook.Call, _ *hook.Directive, err error) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	if value, panicked := call.Panic(); panicked {
		r.End(instrumentation.PanicOf(value))
	} else if err != nil && r.Recording() { // its text may be a method's of the program
		r.End(instrumentation.Failure{Type: exception.Type(err), Description: exception.Message(err)})
	} else {
		r.End(instrumentation.Failure{})
	}
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
