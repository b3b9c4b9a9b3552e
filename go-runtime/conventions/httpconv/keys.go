// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"go.opentelemetry.io/otel/attribute"
	"otel.runtime/conventions"
)

// Keys of attributes.
const (
	ClientAddress          = attribute.Key("client.address")
	ErrorType              = conventions.ErrorType
	RequestMethod          = attribute.Key("http.request.method")
	RequestMethodOriginal  = attribute.Key("http.request.method_original")
	RequestResendCount     = attribute.Key("http.request.resend_count")
	ResponseBodySize       = attribute.Key("http.response.body.size")
	ResponseStatusCode     = attribute.Key("http.response.status_code")
	RouteKey               = attribute.Key("http.route")
	NetworkPeerAddress     = conventions.NetworkPeerAddress
	NetworkPeerPort        = conventions.NetworkPeerPort
	NetworkProtocolVersion = attribute.Key("network.protocol.version")
	ServerAddress          = conventions.ServerAddress
	ServerPort             = conventions.ServerPort
	URLFull                = attribute.Key("url.full")
	URLPath                = attribute.Key("url.path")
	URLQuery               = attribute.Key("url.query")
	URLScheme              = attribute.Key("url.scheme")
	UserAgentOriginal      = attribute.Key("user_agent.original")

	requestHeader  = "http.request.header."
	responseHeader = "http.response.header."
)

// Other stands for a method that isn't a known one, of which there may be any
// number.
const Other = "_OTHER"

// nameOf is the span name's part for a method attribute.
func nameOf(method string) string {
	if method == Other {
		return "HTTP"
	}
	return method
}

// Version is network.protocol.version of "HTTP/major.minor".
func Version(major, minor int) string {
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
