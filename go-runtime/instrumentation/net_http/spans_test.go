// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/internal/spantest"
)

var (
	record = spantest.Record
	only   = spantest.Only
	has    = spantest.Has
)

// start starts a span with the tracer of the hooks.
func start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return otel.GetTracerProvider().Tracer(tracer.Name()).Start(ctx, name, options...)
}

// configure sets the settings for this test.
func configure(t *testing.T, env map[string]string) {
	before := set
	t.Cleanup(func() { set = before })
	set = readSettings(func(name string) string { return env[name] })
}

var background = context.Background()
