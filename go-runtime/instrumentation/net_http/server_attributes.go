// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"net/netip"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/redact"
)

// appendRequest adds a server's attributes of a request, all known before its
// span starts, so that a sampler can see them.
func appendRequest(all []attribute.KeyValue, req *http.Request, from origin, method, scheme string) []attribute.KeyValue {
	all = append(all, httpRequestMethod.String(method))
	if method == otherMethod {
		all = append(all, httpRequestOriginal.String(req.Method))
	}
	all = append(all, urlScheme.String(scheme))
	if u := req.URL; u != nil {
		all = append(all, urlPath.String(toldPath(u)))
		if u.RawQuery != "" {
			all = append(all, urlQuery.String(redactQuery(u.RawQuery)))
		}
	}

	authority := from.host
	if authority == "" {
		authority = req.Host
	}
	if host, port := splitHostPort(authority); host != "" {
		all = append(all, serverAddress.String(host))
		if port > 0 {
			all = append(all, serverPort.Int(port))
		}
	}

	client := from.client
	if peer, err := netip.ParseAddrPort(req.RemoteAddr); err == nil {
		address := peer.Addr().Unmap().String()
		all = append(all, networkPeerAddress.String(address), networkPeerPort.Int(int(peer.Port())))
		if client == "" {
			client = address
		}
	}
	if client != "" {
		all = append(all, clientAddress.String(client))
	}
	if version := protocolVersion(req.ProtoMajor, req.ProtoMinor); version != "" {
		all = append(all, networkProtocolVersion.String(version))
	}
	if agent := req.Header["User-Agent"]; len(agent) > 0 {
		all = append(all, userAgentOriginal.String(redact.Text(agent[0])))
	}
	return set.serverRequest.append(all, req.Header)
}

func schemeOf(req *http.Request, from origin) string {
	switch {
	case from.proto != "":
		return from.proto
	case req.TLS != nil:
		return "https"
	}
	return "http"
}
