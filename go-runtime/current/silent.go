// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"sync/atomic"

	"go.opentelemetry.io/otel/trace"
)

// A program whose own tracing is off may also have a provider of the SDK that no
// processor was given to: its spans go nowhere. Hooks take such a provider for
// none, as a no-op one, and see through its spans, whether it is the global
// provider or one that only the program's instrumentation was given. The program's
// own spans are what they are in a plain build.

// SilentSDK reports whether a tracer provider is one of the SDK without span
// processors. It is asked each time, as a processor may be added. Nil where the SDK
// isn't woven.
var SilentSDK func(provider any) bool

// silent reports whether a provider is such a one, isn't ours, and isn't to be kept.
func silent(provider trace.TracerProvider) bool {
	return SilentSDK != nil && !noopCounts && SilentSDK(provider) && !IsOurs(provider)
}

// muted is whether such a provider has ever started a span.
var muted atomic.Bool

// leadsNowhere reports whether a span is one of a provider that is silent.
func leadsNowhere(span trace.Span) bool {
	return span != nil && muted.Load() && silent(span.TracerProvider())
}

// seenThrough is a ctx whose span leads nowhere, with what is current without that.
func seenThrough(ctx context.Context) context.Context {
	if before := behind(ctx); before != nil {
		return trace.ContextWithSpan(ctx, before)
	}
	if _, s, span := newest(); span != nil {
		return within(ctx, s, span)
	}
	return trace.ContextWithSpan(ctx, none)
}

// behind is the span in ctx that was there before those that lead nowhere: a
// hook's, or another provider's, or else the caller's if this goroutine doesn't
// serve that one already; nil if there is none.
func behind(ctx context.Context) (span trace.Span) {
	var remote trace.Span
	eachSpan(ctx, func(value any) bool {
		found, _ := value.(trace.Span)
		if found == nil || !found.SpanContext().IsValid() || leadsNowhere(found) {
			return true
		}
		if found.SpanContext().IsRemote() {
			if remote == nil {
				remote = found
			}
			return true
		}
		span = found
		return false
	})
	if span == nil && remote != nil && !servedFor(remote.SpanContext()) {
		return remote
	}
	return span
}
