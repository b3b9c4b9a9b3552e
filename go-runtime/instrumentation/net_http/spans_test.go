// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/httpconv"
	"otel.runtime/internal/spantest"
)

var (
	record = spantest.Record
	only   = spantest.Only
	has    = spantest.Has
)

// start starts a span with the tracer of the hooks.
func start(ctx context.Context, name string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return otel.GetTracerProvider().Tracer(library.Name()).Start(ctx, name, options...)
}

// configure sets the settings for this test.
func configure(t *testing.T, env map[string]string) {
	before, restore := off, httpconv.Configure(func(name string) string { return env[name] })
	t.Cleanup(func() { off = before; restore() })
	off = readSwitches(env["OTEL_GO_DISABLED_INSTRUMENTATIONS"])
}

var background = context.Background()
