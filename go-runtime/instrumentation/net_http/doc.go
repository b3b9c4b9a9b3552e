// SPDX-License-Identifier: Apache-2.0

// Package nethttp has the hooks of net/http: spans of servers and clients, and
// the trace context in their headers, as conventions/httpconv has them.
// rulesets/net_http says where each hook is called; hooks of web frameworks on
// net/http tell it their routes, see Router.
//
// Nothing that the program sees changes: a handler gets the server's own
// ResponseWriter, a client's request and headers stay as the caller has them,
// and of a response only the Body is another, which has the methods io.WriterTo
// and io.ReadCloser of the original.
package nethttp

import (
	"net/http"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/switches"
)

// off is what OTEL_GO_DISABLED_INSTRUMENTATIONS says of net/http.
var off = readSwitches(environ.Get("OTEL_GO_DISABLED_INSTRUMENTATIONS"))

type switched struct{ server, client, metrics bool }

func readSwitches(list string) switched {
	all := switches.Lists(list, "net/http", "nethttp")
	return switched{
		server:  all || switches.Lists(list, "net/http:server"),
		client:  all || switches.Lists(list, "net/http:client"),
		metrics: switches.Lists(list, "net/http:metrics"),
	}
}

var (
	library = instrumentation.New("otel.runtime/nethttp")
	server  = httpconv.NewServer(library)
	client  = httpconv.NewClient(library)
)

func init() {
	// The documented way to end a response early, without a stack trace.
	server.Ends = httpconv.Ends{Panic: http.ErrAbortHandler, Name: "http.ErrAbortHandler"}
	client.Ends = server.Ends
	server.Unmeasured, client.Unmeasured = off.metrics, off.metrics
}
