// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// resourceSpans is what one ResourceSpans message holds.
type resourceSpans struct {
	resource *resource.Resource
	scopes   []scopeSpans
}

// scopeSpans is what one ScopeSpans message holds; spans are indices.
type scopeSpans struct {
	scope instrumentation.Scope
	spans []int
}

// grouping sorts a batch by resource and scope, in order of first appearance.
type grouping struct {
	resources []resourceSpans
	scopes    map[scopeKey]int // index among the resource's scopes
}

type scopeKey struct {
	resource int
	scope    instrumentation.Scope
}

func (g *grouping) group(spans []sdktrace.ReadOnlySpan) []resourceSpans {
	g.scopes = make(map[scopeKey]int)
	for i, s := range spans {
		r := g.resourceIndex(s.Resource())
		of := &g.resources[r]
		key := scopeKey{resource: r, scope: s.InstrumentationScope()}
		at, known := g.scopes[key]
		if !known {
			at = len(of.scopes)
			g.scopes[key] = at
			of.scopes = append(of.scopes, scopeSpans{scope: key.scope})
		}
		of.scopes[at].spans = append(of.scopes[at].spans, i)
	}
	return g.resources
}

// resourceIndex compares pointers first: all spans of one provider share their
// resource.
func (g *grouping) resourceIndex(r *resource.Resource) int {
	for i := range g.resources {
		have := g.resources[i].resource
		if have == r || have.SchemaURL() == r.SchemaURL() && have.Equal(r) {
			return i
		}
	}
	g.resources = append(g.resources, resourceSpans{resource: r})
	return len(g.resources) - 1
}
