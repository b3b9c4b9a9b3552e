// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/telemetry/meter"
)

var scope = meter.Scope{Name: "otel.runtime/nethttp", SchemaURL: schemaURL}

// Boundaries that the semantic conventions give for durations in seconds.
var durations = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}

var sizes = []float64{0, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20}

// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
var (
	serverDuration = meter.Histogram{Scope: scope, Name: "http.server.request.duration", Unit: "s",
		Description: "Duration of HTTP server requests.", Bounds: durations}
	serverActive = meter.UpDownCounter{Scope: scope, Name: "http.server.active_requests", Unit: "{request}",
		Description: "Number of active HTTP server requests."}
	serverRequestSize = meter.Histogram{Scope: scope, Name: "http.server.request.body.size", Unit: "By",
		Description: "Size of HTTP server request bodies.", Bounds: sizes}
	serverResponseSize = meter.Histogram{Scope: scope, Name: "http.server.response.body.size", Unit: "By",
		Description: "Size of HTTP server response bodies.", Bounds: sizes}
	clientDuration = meter.Histogram{Scope: scope, Name: "http.client.request.duration", Unit: "s",
		Description: "Duration of HTTP client requests.", Bounds: durations}
)

// serverCase is what tells a server's requests apart in metrics.
type serverCase struct {
	method, scheme, route, version, failure string
	status                                  int
}

var serverCases, activeCases meter.Cache[serverCase]

func (c serverCase) attributes() []attribute.KeyValue {
	all := []attribute.KeyValue{httpRequestMethod.String(c.method), urlScheme.String(c.scheme)}
	if c.route != "" {
		all = append(all, httpRoute.String(c.route))
	}
	return append(all, outcome(c.version, c.failure, c.status)...)
}

func outcome(version, failure string, status int) (all []attribute.KeyValue) {
	if version != "" {
		all = append(all, networkProtocolVersion.String(version))
	}
	if status != 0 {
		all = append(all, httpResponseStatusCode.Int(status))
	}
	if failure != "" {
		all = append(all, errorType.String(failure))
	}
	return all
}

// countServed adds to the number of requests being served.
func countServed(ctx context.Context, method, scheme string, n int64) {
	if set.noMetrics {
		return
	}
	serverActive.Add(ctx, n, activeCases.Get(serverCase{method: method, scheme: scheme}, serverCase.attributes))
}

// recordServed takes a request that has been served. The route is that of its
// span; failure is error.type of a panic.
func recordServed(ctx context.Context, s *serving, state responseState, failure string) {
	if set.noMetrics {
		return
	}
	c := serverCase{method: s.method, scheme: s.scheme, route: s.matched.get(), failure: failure, status: state.status,
		version: protocolVersion(s.request.ProtoMajor, s.request.ProtoMinor)}
	if failure == "" && state.status >= 500 {
		c.failure = strconv.Itoa(state.status)
	}
	with := serverCases.Get(c, serverCase.attributes)
	serverDuration.Record(ctx, time.Since(s.started).Seconds(), with)
	if s.size >= 0 {
		serverRequestSize.Record(ctx, float64(s.size), with)
	}
	if state.written >= 0 {
		serverResponseSize.Record(ctx, float64(state.written), with)
	}
}

// clientCase is what tells a client's requests apart in metrics.
type clientCase struct {
	method, address, version, failure string
	port, status                      int
}

var clientCases meter.Cache[clientCase]

// clientAddresses are hosts with their ports: who asks for URLs that others make up,
// or follows their redirections, meets any number.
var clientAddresses = &meter.Names{Limit: 256}

func (c clientCase) attributes() []attribute.KeyValue {
	all := []attribute.KeyValue{httpRequestMethod.String(c.method), serverAddress.String(c.address)}
	if c.port != 0 {
		all = append(all, serverPort.Int(c.port))
	}
	return append(all, outcome(c.version, c.failure, c.status)...)
}

// otherAddress stands for those that are one too many.
const otherAddress = "_OTHER"

// recordSent takes a round trip up to the response's headers, or its error.
func recordSent(ctx context.Context, s *sending, resp *http.Response, failure string) {
	if set.noMetrics {
		return
	}
	c := clientCase{method: set.method(s.original.Method), address: s.original.URL.Hostname(), port: portOf(s.original), failure: failure}
	if clientAddresses.Get(s.original.URL.Host, otherAddress) == otherAddress {
		c.address, c.port = otherAddress, 0
	}
	if resp != nil {
		c.status, c.version = resp.StatusCode, protocolVersion(resp.ProtoMajor, resp.ProtoMinor)
		if failure == "" && resp.StatusCode >= 400 {
			c.failure = strconv.Itoa(resp.StatusCode)
		}
	}
	clientDuration.Record(ctx, time.Since(s.started).Seconds(), clientCases.Get(c, clientCase.attributes))
}
