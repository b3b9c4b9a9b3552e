// SPDX-License-Identifier: Apache-2.0

// Package elasticsearch has the hooks of github.com/elastic/go-elasticsearch, versions
// 7 to 9: a CLIENT span for each operation, of the typed API or another one, until its
// answer is there. rulesets/elasticsearch says where each hook is called, and package
// conventions/db/elastic what is told. Where the program has the client's own
// instrumentation, that has the spans.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=elasticsearch switches it off.
package elasticsearch

import (
	"net/http"

	"otel.runtime/conventions/db/elastic"
	"otel.runtime/hook"
)

var system = elastic.New("elasticsearch", "otel.runtime/elasticsearch", "elasticsearch")

// BeforePerform begins the span of an operation.
func BeforePerform(call *hook.Call, _ any, request **http.Request) { system.Begin(call, request) }

// AfterPerform ends it.
func AfterPerform(call *hook.Call, response *http.Response, err error) {
	system.End(call, response, err)
}
