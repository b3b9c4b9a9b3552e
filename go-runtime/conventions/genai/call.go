// SPDX-License-Identifier: Apache-2.0

package genai

import (
	"context"
	"reflect"
	"runtime"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/instrumentation"
)

// Provider is a client library, by the provider whose interface it speaks.
type Provider struct {
	*instrumentation.Library
	name string // gen_ai.provider.name
}

// New is instrumentation.New for the hooks of a client of provider: "openai". To be
// called once, at start.
func New(provider, scope string, names ...string) *Provider {
	return &Provider{instrumentation.New(scope, names...), provider}
}

// Call is one request, from Begin to End. It is to be part of what a hook keeps. Not
// to be copied.
type Call struct {
	instrumentation.Operation

	provider *Provider
	measured measured
	since    time.Time    // of a stream
	first    atomic.Int64 // nanoseconds to the first chunk; 0 without one
	ended    atomic.Bool
}

// Begin starts the CLIENT span of a request, which is the goroutine's until Leave or
// End. ctx may be nil.
func (p *Provider) Begin(c *Call, ctx context.Context, r *Request) {
	c.provider, c.measured = p, measured{provider: p.name, operation: r.Operation, model: r.Model, server: r.Server, port: r.Port}
	if r.Stream {
		c.since = time.Now()
	}
	p.Library.Begin(&c.Operation, ctx, r.name(), trace.SpanKindClient, func(to []attribute.KeyValue) []attribute.KeyValue {
		return r.append(to, p.name)
	})
	c.Push()
}

// Chunk is told each time that a stream has given something: the first time counts.
// It may be called on any goroutine.
func (c *Call) Chunk() {
	if c.provider != nil && !c.since.IsZero() && c.first.Load() == 0 {
		c.first.CompareAndSwap(0, int64(time.Since(c.since))+1)
	}
}

// Until has a stream that goes on, which is a pointer, end the call at the latest
// where nobody refers to it any more: programs may drop one without reading it to
// its end, or closing it. The call must not refer to the stream.
func (c *Call) Until(stream any) {
	c.Leave()
	if v := reflect.ValueOf(stream); v.Kind() == reflect.Pointer && !v.IsNil() {
		runtime.AddCleanup((*byte)(v.UnsafePointer()), func(c *Call) { c.End(nil, instrumentation.Failure{}) }, c)
	}
}

// End ends the span with the response, nil if there is none, and measures the
// request. It may be called on any goroutine, and more than once: by the last chunk,
// by an error, and by Close. The first one counts.
func (c *Call) End(r *Response, failed instrumentation.Failure) {
	if c.provider == nil || !c.ended.CompareAndSwap(false, true) {
		return
	}
	first := time.Duration(c.first.Load())
	if c.Recording() && (r != nil || first > 0) {
		c.Set(func(to []attribute.KeyValue) []attribute.KeyValue {
			if r != nil {
				to = r.append(to)
			}
			if first > 0 {
				to = append(to, responseFirstChunk.Float64(first.Seconds()))
			}
			return to
		})
	}
	c.Operation.End(failed)
	c.measure(r, first, failed.Type)
}
