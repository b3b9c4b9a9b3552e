// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/embedded"

	"otel.runtime/current"
)

// isUnset tells the placeholders that the API starts with from what a program
// has set: their types are internal to it.
func isUnset(global any) bool {
	t := reflect.TypeOf(global)
	return t.Kind() == reflect.Pointer && t.Elem().PkgPath() == "go.opentelemetry.io/otel/internal/global"
}

// yielding is the global tracer provider until the program sets its own. Then
// the tracers that it has given out (and those of package variables, which the
// API binds to the first provider that is set) follow to that one: without us
// the program's provider would have been the first.
type yielding struct {
	embedded.TracerProvider
	own   *sdktrace.TracerProvider
	drops func(parent trace.SpanContext) bool // own's sampler
	given sync.Map                            // of tracerKey to *yieldingTracer
}

// tracerKey is a tracer of our SDK, which has one for each scope.
type tracerKey struct {
	tracer trace.Tracer
	name   string
}

// newYielding takes the provider, and what its sampler is certain to drop.
func newYielding(own *sdktrace.TracerProvider, drops func(parent trace.SpanContext) bool) *yielding {
	return &yielding{own: own, drops: drops}
}

// Drops and Own are for current.Tracer.
func (p *yielding) Drops(parent trace.SpanContext) bool { return p.drops(parent) }
func (p *yielding) Own() trace.TracerProvider {
	if current.Fronts {
		return p
	}
	return p.own
}

// Tracer never fails to return one of ours, so a provider of the program's that
// asks us for its tracers gets spans of our SDK, as in wrapping any other. Who
// asks for a scope again gets the same one, as from the API's and the SDK's.
func (p *yielding) Tracer(name string, options ...trace.TracerOption) trace.Tracer {
	key := tracerKey{p.own.Tracer(name, options...), name}
	if known, ok := p.given.Load(key); ok {
		return known.(trace.Tracer)
	}
	made := &yieldingTracer{Tracer: key.tracer, home: p, name: name, hooks: current.IsHookScope(name), options: options}
	known, _ := p.given.LoadOrStore(key, made)
	return known.(trace.Tracer)
}

// ForceFlush is for programs that look for it on the global provider.
func (p *yielding) ForceFlush(ctx context.Context) error { return p.own.ForceFlush(ctx) }

type yieldingTracer struct {
	trace.Tracer // of our SDK
	home         *yielding
	name         string
	hooks        bool // it is a tracer of our hooks
	options      []trace.TracerOption
	foreign      atomic.Pointer[foreignTracer]
}

// foreignTracer is what the program's provider gave for our name.
type foreignTracer struct {
	of     trace.TracerProvider
	tracer trace.Tracer
}

func (t *yieldingTracer) Start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	global := otel.GetTracerProvider()
	if t.hooks || ctx == nil || global == trace.TracerProvider(t.home) {
		return t.start(ctx, name, options)
	}
	if outer, _ := ctx.Value(crossingKey{}).(*crossing); outer != nil && outer.open.Load() {
		// The program's provider has asked us: going back to it would not end.
		return t.start(ctx, name, options)
	}
	here := &crossing{}
	here.open.Store(true)
	defer here.open.Store(false)
	return t.from(global).Start(context.WithValue(ctx, crossingKey{}, here), name, options...)
}

// start starts a span of our SDK. One of the program's own has its parent on the
// goroutine if ctx has none, and is current until it ends: the woven SDK sees to it
// itself.
func (t *yieldingTracer) start(ctx context.Context, name string, options []trace.SpanStartOption) (context.Context, trace.Span) {
	if t.hooks || current.SDKTracks {
		return t.Tracer.Start(ctx, name, options...)
	}
	with, span, started := current.BeforeStart(&ctx, t.home.Own(), t.name, name, options)
	if span != nil {
		return with, span
	}
	return started.Track(t.Tracer.Start(ctx, name, options...))
}

// crossing marks the contexts of a call from our tracer into the program's
// provider; it is open during the call and not in the span's own context later.
type crossing struct{ open atomic.Bool }

type crossingKey struct{}

func (t *yieldingTracer) from(global trace.TracerProvider) trace.Tracer {
	known := t.foreign.Load()
	if known == nil || identity(known.of) != identity(global) {
		known = &foreignTracer{of: global, tracer: global.Tracer(t.name, t.options...)}
		t.foreign.Store(known)
	}
	return known.tracer
}

// identity is a provider's type and address. Comparing the interfaces would
// panic for a type that can't be compared.
func identity(p trace.TracerProvider) [2]unsafe.Pointer {
	return *(*[2]unsafe.Pointer)(unsafe.Pointer(&p))
}
