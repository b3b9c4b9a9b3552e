// SPDX-License-Identifier: Apache-2.0

// Package fiber takes what github.com/gofiber/fiber, v2 and v3, knows of a request to
// the span that fasthttp's server has started: the route, errors and recovered
// panics; and has the contexts of a Ctx carry the span. rulesets/fiber says where.
// Nothing here imports fiber: the program's version of it stays the program's.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=fiber switches it off.
package fiber

import (
	"context"
	_ "unsafe" // for go:linkname

	"otel.runtime/conventions/httpconv"
	"otel.runtime/hook"
	"otel.runtime/internal/switches"
)

// These are in the files that are added to fiber, v2 and v3.
var (
	//go:linkname matched2 github.com/gofiber/fiber/v2.otelMatched
	matched2 func(ctx context.Context, path string)
	//go:linkname failed2 github.com/gofiber/fiber/v2.otelFailed
	failed2 func(ctx context.Context, err error)
	//go:linkname contextOf2 github.com/gofiber/fiber/v2.otelContextOf
	contextOf2 func(ctx context.Context) context.Context
	//go:linkname recovered2 github.com/gofiber/fiber/v2/middleware/recover.otelRecovered
	recovered2 func(ctx, value any)

	//go:linkname matched3 github.com/gofiber/fiber/v3.otelMatched
	matched3 func(ctx context.Context, path string)
	//go:linkname failed3 github.com/gofiber/fiber/v3.otelFailed
	failed3 func(ctx context.Context, err error)
	//go:linkname contextOf3 github.com/gofiber/fiber/v3.otelContextOf
	contextOf3 func(ctx context.Context) context.Context
	//go:linkname recovered3 github.com/gofiber/fiber/v3/middleware/recover.otelRecovered
	recovered3 func(ctx, value any)
)

func init() {
	if switches.Off("fiber", "github.com/gofiber/fiber") {
		return
	}
	matched2, failed2, contextOf2, recovered2 = matched, failed, contextOf, recovered
	matched3, failed3, contextOf3, recovered3 = matched, failed, contextOf, recovered
}

// matched tells the route before its handler is called. If that goes on to another
// one, both have matched, and the last one counts.
func matched(ctx context.Context, path string) {
	defer hook.Contain("fiber_route", "matched")
	if s := httpconv.Of(ctx); s != nil {
		httpconv.SetInnerRoute(s, s.Request.Path, path)
	}
}

func failed(ctx context.Context, err error) {
	defer hook.Contain("fiber_error", "failed")
	httpconv.RecordError(ctx, err)
}

func recovered(ctx, value any) {
	defer hook.Contain("fiber_recover", "recovered")
	if of, ok := ctx.(context.Context); ok {
		httpconv.RecordPanic(of, value)
	}
}

// contextOf is the context of a request, which keeps nothing of ctx.
func contextOf(ctx context.Context) (of context.Context) {
	defer hook.Contain("fiber_context", "contextOf")
	if s := httpconv.Of(ctx); s != nil {
		of = s
	}
	return of
}
