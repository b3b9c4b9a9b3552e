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
// is the global one at the time, or ours if that does nothing (CountsAsNone): a
// program may set its own provider after ours has been in use. (otel.Tracer
// follows only the first one that is set.)
type Tracer struct {
	name    string
	options []trace.TracerOption
	last    atomic.Pointer[provided]
	within  bool // it starts spans only within a trace: see WithinTraces
}

type provided struct {
	global trace.TracerProvider // that there was
	tracer trace.Tracer
	none   bool // global counts as none
	ours   ours // whose tracer it is, if it is that
}

// ours is our SDK's provider.
type ours interface {
	// Drops reports whether a span with this parent, which isn't valid for a
	// root, is certain not to be sampled, whatever its name and attributes.
	Drops(parent trace.SpanContext) bool
	Own() trace.TracerProvider // of its spans
}

// NewTracer asks no provider yet.
func NewTracer(name string, options ...trace.TracerOption) *Tracer {
	return &Tracer{name: name, options: options}
}

// WithinTraces has a span that would begin a trace not be sampled, whatever the
// sampler says.
func (t *Tracer) WithinTraces() *Tracer {
	t.within = true
	return t
}

// drops reports whether a span with this parent is certain not to be sampled.
func (t *Tracer) drops(p *provided, parent trace.SpanContext) bool {
	return t.within && !parent.IsValid() || p.ours != nil && p.ours.Drops(parent)
}

// own is the provider of p's spans.
func (p *provided) own() trace.TracerProvider {
	if p.ours == nil {
		return p.global
	}
	return p.ours.Own()
}

// Drops reports whether a span started in ctx, or else in what is current, is
// certain not to be sampled: what only describes it needn't be found out.
func (t *Tracer) Drops(ctx context.Context) bool {
	p := t.get()
	if p.ours == nil && !t.within {
		return false
	}
	of, carries := Decides(ctx)
	if !carries {
		of = Span()
	}
	if of == nil {
		return t.drops(p, trace.SpanContext{})
	}
	return t.drops(p, of.SpanContext())
}

// Name is that of the scope.
func (t *Tracer) Name() string { return t.name }

func (t *Tracer) get() *provided {
	global := otel.GetTracerProvider()
	none := isNone(global)
	last := t.last.Load()
	if last == nil || last.none != none || identity(last.global) != identity(global) {
		provider := global
		if instead := fallback.Load(); instead != nil && none {
			provider = *instead
		}
		last = &provided{global: global, none: none, tracer: provider.Tracer(t.name, t.options...)}
		last.ours, _ = provider.(ours)
		t.last.Store(last)
	}
	return last
}

// identity is the provider's type and address. An == on the interfaces would
// panic for a provider of a type that can't be compared.
func identity(provider trace.TracerProvider) [2]uintptr {
	return *(*[2]uintptr)(unsafe.Pointer(&provider))
}
