// SPDX-License-Identifier: Apache-2.0

package genai

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/instrumentation"
)

// executeTool is the name of the operation.
const executeTool = "execute_tool"

// Tool is one that is called for a model. What isn't known is zero.
type Tool struct {
	Name        string
	CallID      string
	Type        string // "function", "extension", "datastore"
	Description string
	Arguments   Content
}

// ToolCall is the execution of a tool, from BeginTool to End. Not to be copied.
type ToolCall struct{ instrumentation.Operation }

// BeginTool starts the INTERNAL span of a tool's execution, which is the
// goroutine's until End. ctx may be nil.
func (p *Provider) BeginTool(c *ToolCall, ctx context.Context, t *Tool) {
	name := executeTool
	if t.Name != "" {
		name += " " + t.Name
	}
	p.Library.Begin(&c.Operation, ctx, name, trace.SpanKindInternal, func(to []attribute.KeyValue) []attribute.KeyValue {
		to = append(to, operationName.String(executeTool))
		to = appendText(to, toolName, t.Name)
		to = appendText(to, toolCallID, t.CallID)
		to = appendText(to, toolType, t.Type)
		to = appendText(to, toolDescription, t.Description)
		return t.Arguments.append(to, toolArguments)
	})
	c.Push()
}

// End ends the span, with the tool's result.
func (c *ToolCall) End(result Content, failed instrumentation.Failure) {
	if c.Span() == nil {
		return
	}
	if result != nil && captured {
		c.Set(func(to []attribute.KeyValue) []attribute.KeyValue { return result.append(to, toolResult) })
	}
	c.Operation.End(failed)
}
