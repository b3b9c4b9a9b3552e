// SPDX-License-Identifier: Apache-2.0

// Package graphql has the hooks of github.com/graphql-go/graphql: a SERVER span for each
// operation. rulesets/graphql says where each is called.
package graphql

import (
	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"

	convention "otel.runtime/conventions/graphql"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

var library = instrumentation.New("otel.runtime/graphql", "graphql", "github.com/graphql-go/graphql")

// BeforeDo begins the span of a request. It is the before hook of Do. Without a context,
// which the program's resolvers are given as it is, BeforeExecute does so.
func BeforeDo(call *hook.Call, p *graphql.Params) {
	if p.Context == nil {
		return
	}
	if o := convention.Begin(library, p.Context); o != nil {
		p.Context = o.Context
		call.SetData(o)
	}
}

// AfterDo ends it.
func AfterDo(call *hook.Call, result *graphql.Result) { end(call, result) }

// BeforeExecute tells what is executed, within Do or by itself. It is the before hook of
// Execute.
func BeforeExecute(call *hook.Call, p *graphql.ExecuteParams) {
	o := convention.Of(library, p.Context)
	if o == nil {
		if o = convention.Begin(library, p.Context); o == nil {
			return
		}
		if p.Context != nil {
			p.Context = o.Context
		}
		call.SetData(o)
	}
	if of := operation(p.AST, p.OperationName); of != nil {
		name := ""
		if of.Name != nil {
			name = of.Name.Value
		}
		o.Is(of.Operation, name)
	}
}

// AfterExecute ends the span that BeforeExecute has begun.
func AfterExecute(call *hook.Call, result *graphql.Result) { end(call, result) }

func end(call *hook.Call, result *graphql.Result) {
	o, ok := call.Data().(*convention.Operation)
	if !ok {
		return
	}
	if value, panicked := call.Panic(); panicked {
		o.EndsBy(instrumentation.PanicOf(value))
		return
	}
	if result == nil || len(result.Errors) == 0 {
		o.Ends(0, nil)
		return
	}
	o.Ends(len(result.Errors), result.Errors[0].OriginalError())
}

// operation is that of a document which has the name, or the only one.
func operation(document *ast.Document, name string) (found *ast.OperationDefinition) {
	if document == nil {
		return nil
	}
	for _, definition := range document.Definitions {
		of, is := definition.(*ast.OperationDefinition)
		switch {
		case !is:
		case name == "" && found != nil:
			return nil // which one isn't said
		case name == "":
			found = of
		case of.Name != nil && of.Name.Value == name:
			return of
		}
	}
	return found
}
