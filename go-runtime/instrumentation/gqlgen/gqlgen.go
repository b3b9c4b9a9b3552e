// SPDX-License-Identifier: Apache-2.0

// Package gqlgen has the hooks of github.com/99designs/gqlgen: a SERVER span for each
// operation. rulesets/gqlgen says where each is called.
package gqlgen

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	convention "otel.runtime/conventions/graphql"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

var library = instrumentation.New("otel.runtime/gqlgen", "gqlgen", "github.com/99designs/gqlgen")

// BeforeDispatch begins the span of an operation. It is the before hook of
// (*Executor).DispatchOperation.
func BeforeDispatch(call *hook.Call, _ any, ctx *context.Context, of *graphql.OperationContext) {
	o := convention.Begin(library, *ctx)
	if o == nil {
		return
	}
	*ctx = o.Context
	call.SetData(o)
	if of != nil && of.Operation != nil {
		o.Many = of.Operation.Operation == ast.Subscription
		o.Is(string(of.Operation.Operation), of.Operation.Name)
	}
}

// AfterDispatch has it end with the last response: the only one, but of a subscription,
// which ends with the first error, if not before.
func AfterDispatch(call *hook.Call, respond *graphql.ResponseHandler, _ any) {
	o, ok := call.Data().(*convention.Operation)
	if !ok {
		return
	}
	o.Leave()
	if value, panicked := call.Panic(); panicked {
		o.EndsBy(instrumentation.PanicOf(value))
		return
	}
	inner := *respond
	if inner == nil {
		o.Ends(0, nil)
		return
	}
	*respond = func(ctx context.Context) *graphql.Response { return next(o, inner, ctx) }
}

// next is the next response of an operation, within its span.
func next(o *convention.Operation, respond graphql.ResponseHandler, ctx context.Context) (response *graphql.Response) {
	node := current.PushContext(o.Context)
	returned := false
	defer func() {
		defer hook.Contain("gqlgen_dispatch", "next")
		node.Unwind()
		switch {
		case !returned:
			o.EndsBy(instrumentation.Failure{Type: "panic", Description: "ended by a panic"})
		case response == nil:
			o.Ends(0, nil)
		case response.HasNext != nil && *response.HasNext:
		case len(response.Errors) > 0:
			o.Ends(len(response.Errors), response.Errors[0].Err)
		case !o.Many:
			o.Ends(0, nil)
		}
	}()
	response = respond(ctx)
	returned = true
	return response
}
