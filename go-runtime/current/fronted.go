// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// Fronts is whether the program has the API alone, with our SDK beneath it, which
// isn't woven then. Instrumentation may ask a span for its provider, as otelhttp
// does: the SDK's own would start spans that nobody adopts, so hooks' spans answer
// with the provider that the program sees.
var Fronts bool

// fronted is a span of a hook with that provider.
type fronted struct {
	described
	provider trace.TracerProvider
}

func (f *fronted) TracerProvider() trace.TracerProvider { return f.provider }

// front is span in ctx as the program is to see it, if it is of a kind within which
// the program's code runs.
func (p *provided) front(ctx context.Context, span trace.Span, kind trace.SpanKind) (context.Context, trace.Span) {
	if !Fronts || kind == trace.SpanKindClient {
		return ctx, span
	}
	recorded, ok := span.(described)
	if !ok {
		return ctx, span
	}
	span = &fronted{recorded, p.own()}
	return trace.ContextWithSpan(ctx, span), span
}
