// SPDX-License-Identifier: Apache-2.0

// Package olivere has the hooks of github.com/olivere/elastic/v7: a CLIENT span for
// each operation. rulesets/olivere says where each hook is called, and package
// conventions/db/elastic what is told. The client's checks of its nodes are requests of
// net/http alone.
//
// The package imports the client, in whichever version the program has: go.mod beside
// it, which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=olivere switches it off.
package olivere

import (
	"context"
	"net/http"

	"github.com/olivere/elastic/v7"

	convention "otel.runtime/conventions/db/elastic"
	"otel.runtime/hook"
)

var system = convention.New("elasticsearch", "otel.runtime/olivere", "olivere")

// BeforePerform begins the span of an operation.
func BeforePerform(call *hook.Call, _ any, ctx *context.Context, options elastic.PerformRequestOptions) {
	system.BeginCall(call, ctx, options.Method, options.Path)
}

// BeforeCheck notes which request has been answered.
func BeforeCheck(_ *hook.Call, request *http.Request, response *http.Response, _ any) {
	if !system.Library.Off && response != nil && response.Request != nil {
		convention.Sent(response.Request.Context(), request)
	}
}

// AfterPerform ends it.
func AfterPerform(call *hook.Call, response *elastic.Response, err error) {
	status := 0
	if response != nil {
		status = response.StatusCode
	}
	system.EndCall(call, status, err)
}
