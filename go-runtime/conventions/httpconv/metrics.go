// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"context"
	"strconv"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/telemetry/meter"
)

// Boundaries that the semantic conventions give for durations in seconds.
var durations = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}

var sizes = []float64{0, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20}

// serverInstruments are those of a library's servers.
//
// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
type serverInstruments struct {
	duration, requestSize, responseSize meter.Histogram
	active                              meter.UpDownCounter
	cases, activeCases                  meter.Cache[serverCase]
}

func (i *serverInstruments) of(scope meter.Scope) {
	i.duration = meter.Histogram{Scope: scope, Name: "http.server.request.duration", Unit: "s",
		Description: "Duration of HTTP server requests.", Bounds: durations}
	i.active = meter.UpDownCounter{Scope: scope, Name: "http.server.active_requests", Unit: "{request}",
		Description: "Number of active HTTP server requests."}
	i.requestSize = meter.Histogram{Scope: scope, Name: "http.server.request.body.size", Unit: "By",
		Description: "Size of HTTP server request bodies.", Bounds: sizes}
	i.responseSize = meter.Histogram{Scope: scope, Name: "http.server.response.body.size", Unit: "By",
		Description: "Size of HTTP server response bodies.", Bounds: sizes}
}

// serverCase is what tells a server's requests apart in metrics.
type serverCase struct {
	method, scheme, route, version, failure string
	status                                  int
}

func (c serverCase) attributes() []attribute.KeyValue {
	all := []attribute.KeyValue{RequestMethod.String(c.method), URLScheme.String(c.scheme)}
	if c.route != "" {
		all = append(all, RouteKey.String(c.route))
	}
	return append(all, outcome(c.version, c.failure, c.status)...)
}

func outcome(version, failure string, status int) (all []attribute.KeyValue) {
	if version != "" {
		all = append(all, NetworkProtocolVersion.String(version))
	}
	if status != 0 {
		all = append(all, ResponseStatusCode.Int(status))
	}
	if failure != "" {
		all = append(all, ErrorType.String(failure))
	}
	return all
}

// count adds to the number of requests being served.
func (s *Server) count(ctx context.Context, method, scheme string, n int64) {
	if !s.Unmeasured {
		s.active.Add(ctx, n, s.activeCases.Get(serverCase{method: method, scheme: scheme}, serverCase.attributes))
	}
}

// record takes a request that has been served. The route is that of its span;
// failure is error.type of a panic.
func (s *Server) record(ctx context.Context, of *Serving, r *Response, failure string) {
	if s.Unmeasured {
		return
	}
	c := serverCase{method: of.method, scheme: of.scheme, route: of.matched.get(), failure: failure, status: r.Status, version: of.Request.Version}
	if failure == "" && r.Status >= 500 {
		c.failure = strconv.Itoa(r.Status)
	}
	with := s.cases.Get(c, serverCase.attributes)
	s.duration.Record(ctx, of.operation.Took().Seconds(), with)
	if of.Request.Size >= 0 {
		s.requestSize.Record(ctx, float64(of.Request.Size), with)
	}
	if r.Written >= 0 {
		s.responseSize.Record(ctx, float64(r.Written), with)
	}
}

// clientCase is what tells a client's requests apart in metrics.
type clientCase struct {
	method, address, version, failure string
	port, status                      int
}

// MostAddresses is how many hosts with their ports a client has in metrics: who asks
// for URLs that others make up, or follows their redirections, meets any number.
const MostAddresses = 256

func (c clientCase) attributes() []attribute.KeyValue {
	all := []attribute.KeyValue{RequestMethod.String(c.method), ServerAddress.String(c.address)}
	if c.port != 0 {
		all = append(all, ServerPort.Int(c.port))
	}
	return append(all, outcome(c.version, c.failure, c.status)...)
}

// otherAddress stands for those that are one too many.
const otherAddress = "_OTHER"

// record takes a round trip up to the response's headers, or its error; r is nil
// if there is no response.
func (c *Client) record(ctx context.Context, s *Sending, r *Response, failure string) {
	if c.Unmeasured {
		return
	}
	of := clientCase{method: set.method(s.Sent.Method), address: s.Sent.URL.Hostname(), port: portOf(s.Sent.URL), failure: failure}
	if c.addresses.Get(s.Sent.URL.Host, otherAddress) == otherAddress {
		of.address, of.port = otherAddress, 0
	}
	if r != nil {
		of.status, of.version = r.Status, r.Version
		if failure == "" && r.Status >= 400 {
			of.failure = strconv.Itoa(r.Status)
		}
	}
	c.duration.Record(ctx, s.Took().Seconds(), c.cases.Get(of, clientCase.attributes))
}
