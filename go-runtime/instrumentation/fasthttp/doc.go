// SPDX-License-Identifier: Apache-2.0

// Package fasthttp has the hooks of github.com/valyala/fasthttp: a SERVER span for
// each request around the handler, a CLIENT span for each request that is sent, and
// the trace context in their headers, as conventions/httpconv has them.
// rulesets/fasthttp says where each hook is called.
//
// fasthttp uses the memory of a request again once its handler has returned, so a
// span keeps copies alone. A RequestCtx answers with the span where it is passed as
// a context, until the handler returns; after a time-out it isn't used again, and
// goes on to. The headers of a request that is sent are again the program's own
// when the call returns.
//
// The package imports fasthttp, in whichever version the program has: go.mod beside
// it, which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=fasthttp switches it off.
package fasthttp

import (
	"sync"

	"go.opentelemetry.io/otel"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/instrumentation"
)

var (
	library = instrumentation.New("otel.runtime/fasthttp", "fasthttp", "github.com/valyala/fasthttp")
	server  = httpconv.NewServer(library)
	client  = httpconv.NewClient(library)
)

// propagated are the headers of the propagators.
var propagated = sync.OnceValue(func() []string { return otel.GetTextMapPropagator().Fields() })
