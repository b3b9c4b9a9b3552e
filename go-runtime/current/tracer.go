// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"sync/atomic"
	"unsafe"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
)

// Tracer is the tracer of one instrumentation scope, from whichever provider
// is the global one at the time: a program may set its own provider after ours
// has been in use. (otel.Tracer follows only the first one that is set.)
type Tracer struct {
	name    string
	options []trace.TracerOption
	last    atomic.Pointer[provided]
}

type provided struct {
	by     trace.TracerProvider
	tracer trace.Tracer
	drops  dropping // nil if by doesn't tell
}

// dropping is a provider that can tell before it is asked for a span that one
// with this parent isn't sampled, whatever its name and attributes.
type dropping interface {
	Drops(parent trace.SpanContext) bool
	Own() trace.TracerProvider // of its spans
}

// NewTracer asks no provider yet.
func NewTracer(name string, options ...trace.TracerOption) *Tracer {
	return &Tracer{name: name, options: options}
}

// Start starts a span in ctx, as trace.Tracer does.
func (t *Tracer) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return t.get().tracer.Start(ctx, name, options...)
}

// Drops reports whether a span that t would start is certain not to be sampled,
// so that Unsampled can take its place. parent is not valid for a root.
func (t *Tracer) Drops(parent trace.SpanContext) bool {
	drops := t.get().drops
	return drops != nil && drops.Drops(parent)
}

// Name is that of the scope.
func (t *Tracer) Name() string { return t.name }

func (t *Tracer) get() *provided {
	provider := otel.GetTracerProvider()
	last := t.last.Load()
	if last == nil || identity(last.by) != identity(provider) {
		last = &provided{by: provider, tracer: provider.Tracer(t.name, t.options...)}
		last.drops, _ = provider.(dropping)
		t.last.Store(last)
	}
	return last
}

// identity is the provider's type and address. An == on the interfaces would
// panic for a provider of a type that can't be compared.
func identity(provider trace.TracerProvider) [2]uintptr {
	return *(*[2]uintptr)(unsafe.Pointer(&provider))
}
