// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"net/netip"
	"net/url"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"otel.runtime/internal/redact"
)

// Header is the headers of a request or a response. Named are the values of one,
// by its canonical name ("User-Agent").
type Header interface{ Named(name string) []string }

// Request is a request as a server has received it. What isn't known is zero.
type Request struct {
	Method    string
	Scheme    string // of the connection: "http" or "https"
	Authority string // "host" or "host:port", by the request's line or its header Host
	Path      string
	RawPath   string // as it was sent, where that is another spelling
	RawQuery  string
	Peer      string // "address:port" of the connection's other end
	Version   string // network.protocol.version, as Version has it
	Size      int64  // of its body as declared, -1 if it wasn't
	Header    Header
}

// append adds a server's attributes of a request, all known before its span
// starts, so that a sampler can see them.
func (r *Request) append(all []attribute.KeyValue, from origin, method, scheme string) []attribute.KeyValue {
	all = append(all, RequestMethod.String(method))
	if method == Other {
		all = append(all, RequestMethodOriginal.String(r.Method))
	}
	all = append(all, URLScheme.String(scheme), URLPath.String(toldPath(r.Path, r.RawPath)))
	if r.RawQuery != "" {
		all = append(all, URLQuery.String(redactQuery(r.RawQuery)))
	}

	authority := from.host
	if authority == "" {
		authority = r.Authority
	}
	if host, port := splitHostPort(authority); host != "" {
		all = append(all, ServerAddress.String(host))
		if port > 0 {
			all = append(all, ServerPort.Int(port))
		}
	}

	client := from.client
	if peer, err := netip.ParseAddrPort(r.Peer); err == nil {
		address := peer.Addr().Unmap().String()
		all = append(all, NetworkPeerAddress.String(address), NetworkPeerPort.Int(int(peer.Port())))
		if client == "" {
			client = address
		}
	}
	if client != "" {
		all = append(all, ClientAddress.String(client))
	}
	if r.Version != "" {
		all = append(all, NetworkProtocolVersion.String(r.Version))
	}
	if agent := r.Header.Named("User-Agent"); len(agent) > 0 {
		all = append(all, UserAgentOriginal.String(redact.Text(agent[0])))
	}
	return set.serverRequest.append(all, r.Header)
}

// Sent is a request as a client sends it.
type Sent struct {
	Method  string
	URL     *url.URL
	Resends int // requests that have been sent for the caller before this one
	Header  Header
}

// append adds a client's attributes of a request.
func (r *Sent) append(all []attribute.KeyValue, method string) []attribute.KeyValue {
	all = append(all, RequestMethod.String(method), URLFull.String(fullURL(r.URL)), ServerAddress.String(r.URL.Hostname()))
	if method == Other {
		all = append(all, RequestMethodOriginal.String(r.Method))
	}
	if port := portOf(r.URL); port != 0 {
		all = append(all, ServerPort.Int(port))
	}
	if r.Resends > 0 {
		all = append(all, RequestResendCount.Int(r.Resends))
	}
	return set.clientRequest.append(all, r.Header)
}

func portOf(u *url.URL) int {
	if port, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return int(port)
	}
	switch u.Scheme {
	case "http":
		return 80
	case "https":
		return 443
	}
	return 0
}

// Response is a response that a server has written or a client has received.
type Response struct {
	Status  int   // 0 if none was set
	Written int64 // of a server's body, -1 if not known
	Version string
	Header  Header // nil where it isn't asked for, see Captures
}

// append adds a client's attributes of a response.
func (r *Response) append(all []attribute.KeyValue) []attribute.KeyValue {
	all = append(all, ResponseStatusCode.Int(r.Status))
	if r.Version != "" {
		all = append(all, NetworkProtocolVersion.String(r.Version))
	}
	if r.Status >= 400 {
		all = append(all, ErrorType.String(strconv.Itoa(r.Status)))
	}
	return set.clientResponse.append(all, r.Header)
}
