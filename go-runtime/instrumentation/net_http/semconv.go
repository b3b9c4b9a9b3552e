// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions"
	"otel.runtime/current"
)

// schemaURL names the version of the semantic conventions that every name and
// rule of this package follows: their stable HTTP set.
const schemaURL = conventions.SchemaURL

var tracer = current.NewTracer("otel.runtime/nethttp", trace.WithSchemaURL(schemaURL))

const (
	clientAddress          = attribute.Key("client.address")
	errorType              = attribute.Key("error.type")
	exceptionMessage       = attribute.Key("exception.message")
	exceptionStacktrace    = attribute.Key("exception.stacktrace")
	exceptionType          = attribute.Key("exception.type")
	httpRequestHeader      = "http.request.header."
	httpRequestMethod      = attribute.Key("http.request.method")
	httpRequestOriginal    = attribute.Key("http.request.method_original")
	httpRequestResendCount = attribute.Key("http.request.resend_count")
	httpResponseBodySize   = attribute.Key("http.response.body.size")
	httpResponseHeader     = "http.response.header."
	httpResponseStatusCode = attribute.Key("http.response.status_code")
	httpRoute              = attribute.Key("http.route")
	networkPeerAddress     = attribute.Key("network.peer.address")
	networkPeerPort        = attribute.Key("network.peer.port")
	networkProtocolVersion = attribute.Key("network.protocol.version")
	serverAddress          = attribute.Key("server.address")
	serverPort             = attribute.Key("server.port")
	urlFull                = attribute.Key("url.full")
	urlPath                = attribute.Key("url.path")
	urlQuery               = attribute.Key("url.query")
	urlScheme              = attribute.Key("url.scheme")
	userAgentOriginal      = attribute.Key("user_agent.original")
)

// otherMethod stands for a method that isn't a known one, of which there may
// be any number.
const otherMethod = "_OTHER"

// nameOf is the span name's part for a method attribute.
func nameOf(method string) string {
	if method == otherMethod {
		return "HTTP"
	}
	return method
}

// protocolVersion is network.protocol.version of "HTTP/major.minor".
func protocolVersion(major, minor int) string {
	switch {
	case major == 1 && minor == 1:
		return "1.1"
	case major == 1:
		return "1.0"
	case major == 2:
		return "2"
	case major == 3:
		return "3"
	}
	return ""
}
