// SPDX-License-Identifier: Apache-2.0

// Package hertz has the hooks of github.com/cloudwego/hertz: a SERVER span for each
// request, which the handlers have in their context, a CLIENT span for each request
// that is sent, and the trace context in their headers, as conventions/httpconv has
// them. rulesets/hertz says where each hook is called.
//
// Hertz uses the memory of a request again once its handlers have returned, so a span
// keeps copies alone. The headers of a request that is sent are again the program's
// own when the call returns.
//
// The package imports Hertz, in whichever version the program has: go.mod beside it,
// which is for development, has the oldest one. It imports packages alone that are in
// each program with a server, and in each with a client.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=hertz switches it off.
package hertz

import (
	"sync"

	"go.opentelemetry.io/otel"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/instrumentation"
)

var (
	library = instrumentation.New("otel.runtime/hertz", "hertz", "github.com/cloudwego/hertz")
	server  = httpconv.NewServer(library)
	client  = httpconv.NewClient(library)
)

// propagated are the headers of the propagators.
var propagated = sync.OnceValue(func() []string { return otel.GetTextMapPropagator().Fields() })
