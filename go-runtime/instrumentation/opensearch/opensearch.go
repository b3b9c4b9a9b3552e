// SPDX-License-Identifier: Apache-2.0

// Package opensearch has the hooks of github.com/opensearch-project/opensearch-go/v4: a
// CLIENT span for each operation until its answer is there. rulesets/opensearch says
// where each hook is called, and package conventions/db/elastic what is told: the API
// is that of Elasticsearch.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=opensearch switches it off.
package opensearch

import (
	"net/http"

	"otel.runtime/conventions/db/elastic"
	"otel.runtime/hook"
)

var system = elastic.New("opensearch", "otel.runtime/opensearch", "opensearch")

// BeforePerform begins the span of an operation.
func BeforePerform(call *hook.Call, _ any, request **http.Request) { system.Begin(call, request) }

// AfterPerform ends it.
func AfterPerform(call *hook.Call, response *http.Response, err error) {
	system.End(call, response, err)
}
