// SPDX-License-Identifier: Apache-2.0

// Package graphql is what the semantic conventions say of servers of GraphQL, for the
// hooks of whatever library they are of: a SERVER span for each operation, with its
// type and its name. The document, variables and messages of errors, which have
// values of users in them, stay where they are.
//
// https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
package graphql

import (
	"context"
	"strconv"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
)

const (
	operationType = attribute.Key("graphql.operation.type")
	operationName = attribute.Key("graphql.operation.name")
)

// Operation is one that is executed.
type Operation struct {
	instrumentation.Operation
	Many bool // it may have more than one response

	library *instrumentation.Library
	ended   atomic.Bool
}

type key struct{}

// Begin begins the span of an operation within what is current, and makes it current.
// It is nil if there is nothing to trace. The context of the result finds it again.
func Begin(l *instrumentation.Library, ctx context.Context) *Operation {
	if l.Skips(ctx, trace.SpanKindServer) {
		return nil
	}
	o := &Operation{library: l}
	l.Begin(&o.Operation, current.Context(ctx), "GraphQL Operation", trace.SpanKindServer, func(to []attribute.KeyValue) []attribute.KeyValue { return to })
	o.Push()
	o.Context = context.WithValue(o.Context, key{}, o)
	return o
}

// Of is the library's operation that a context is of, or nil.
func Of(l *instrumentation.Library, ctx context.Context) *Operation {
	if ctx == nil {
		return nil
	}
	if o, is := ctx.Value(key{}).(*Operation); is && o.library == l && !o.ended.Load() {
		return o
	}
	return nil
}

// Is tells the operation's type, "query", "mutation" or "subscription", and its name,
// which may be empty.
func (o *Operation) Is(kind, name string) {
	if kind != "" {
		o.Rename(kind)
	}
	o.Set(func(to []attribute.KeyValue) []attribute.KeyValue {
		if kind != "" {
			to = append(to, operationType.String(kind))
		}
		if name != "" {
			to = append(to, operationName.String(name))
		}
		return to
	})
}

// Ends ends the span: with so many errors, of which the first is given, if it is known.
func (o *Operation) Ends(errors int, first error) {
	failed := instrumentation.Failure{}
	if errors > 0 {
		failed = instrumentation.Failure{Type: "_OTHER", Description: "errors: " + strconv.Itoa(errors)}
		if of := instrumentation.FailureOf(first); of.Failed() {
			failed.Type = of.Type
		}
	}
	o.EndsBy(failed)
}

// EndsBy ends the span; the first end counts.
func (o *Operation) EndsBy(failed instrumentation.Failure) {
	if o.ended.CompareAndSwap(false, true) {
		o.End(failed)
	}
}
