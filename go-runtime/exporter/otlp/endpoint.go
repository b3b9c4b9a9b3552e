// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"otel.runtime/internal/setting"
	"otel.runtime/internal/trouble"
)

// destination decides protocol and URL together, for each may follow from the
// other: an endpoint on port 4318 or with a path speaks http/protobuf unless
// the protocol says otherwise, any other speaks gRPC.
func (e environment) destination() (Protocol, *url.URL, string) {
	protocol := e.protocol()
	endpoint := e.endpoint()
	if endpoint == nil {
		protocol, u := e.defaultDestination(protocol)
		return protocol, u, ""
	}
	if protocol == "" {
		protocol = likelyProtocol(endpoint.url)
	}
	u := *endpoint.url
	if protocol == GRPC {
		return protocol, &url.URL{Scheme: u.Scheme, Host: withPort(u.Host, "4317", u.Scheme)}, endpoint.socket
	}
	if !endpoint.complete {
		u.Path = strings.TrimSuffix(u.Path, "/") + e.signal.path
		u.RawPath = ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return protocol, &u, endpoint.socket
}

func (e environment) defaultDestination(p Protocol) (Protocol, *url.URL) {
	if p == HTTPProtobuf || p == HTTPJSON {
		return p, &url.URL{Scheme: "http", Host: "localhost:4318", Path: e.signal.path}
	}
	return GRPC, &url.URL{Scheme: "http", Host: "localhost:4317"}
}

// likelyProtocol is for an endpoint that comes without OTEL_EXPORTER_OTLP_PROTOCOL.
func likelyProtocol(u *url.URL) Protocol {
	if u.Port() == "4318" || strings.Trim(u.Path, "/") != "" {
		return HTTPProtobuf
	}
	return GRPC
}

func (e environment) protocol() Protocol {
	v, variable := e.lookup("PROTOCOL")
	switch p := Protocol(strings.ToLower(v)); p {
	case "", GRPC, HTTPProtobuf, HTTPJSON:
		return p
	}
	e.wrong(variable, fmt.Sprintf("unknown protocol %s", setting.Quote(v)), "known are grpc, http/protobuf and http/json, the endpoint decides")
	return ""
}

// endpoint is a parsed ENDPOINT variable.
type endpoint struct {
	url      *url.URL
	complete bool   // from the signal's own variable, whose path is taken as it is
	socket   string // of unix:///path
}

// endpoint is nil when no usable one is set.
func (e environment) endpoint() *endpoint {
	v, variable := e.lookup("ENDPOINT")
	if v == "" {
		return nil
	}
	if socket, is := strings.CutPrefix(v, "unix:"); is && strings.HasPrefix(strings.TrimPrefix(socket, "//"), "/") {
		return &endpoint{url: &url.URL{Scheme: "http", Host: "localhost"}, socket: strings.TrimPrefix(socket, "//")}
	}
	text := v
	for _, resolver := range []string{"dns://", "passthrough://"} { // dns://server/host:port, as gRPC writes a target
		if rest, is := strings.CutPrefix(text, resolver); is {
			text = rest[strings.IndexByte(rest, '/')+1:]
		}
	}
	if !strings.Contains(text, "://") { // host:port, as gRPC writes a target
		text = e.scheme() + "://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		e.wrong(variable, fmt.Sprintf("%s is not an http or https URL", setting.Quote(v)), "the default endpoint is used")
		return nil
	}
	u.Fragment = ""
	if password, has := u.User.Password(); has {
		trouble.Hide(password)
	}
	return &endpoint{url: u, complete: variable != "OTEL_EXPORTER_OTLP_ENDPOINT"}
}

// scheme is for an endpoint without one, for which the specification has
// OTEL_EXPORTER_OTLP_INSECURE.
func (e environment) scheme() string {
	v, variable := e.lookup("INSECURE")
	switch strings.ToLower(v) {
	case "true":
		return "http"
	case "", "false":
	default:
		e.wrong(variable, fmt.Sprintf("%s is neither true nor false", setting.Quote(v)), "false is used")
	}
	return "https"
}

// withPort completes a gRPC authority: 443 is the port of an https endpoint
// that names none.
func withPort(host, plain, scheme string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	host = strings.TrimSuffix(host, ":")
	if scheme == "https" {
		return host + ":443"
	}
	return host + ":" + plain
}
