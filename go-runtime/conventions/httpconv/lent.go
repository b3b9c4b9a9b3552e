// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"bytes"
	"net"
	"net/url"
	"strings"

	"otel.runtime/telemetry/carrier"
)

// Lent is a request in memory that its server will use again, as fasthttp and Hertz
// have them. It is taken from the request's line and headers alone: the URI is parsed
// when the program first asks for it, by what these are then.
type Lent struct {
	Method, Target, Host []byte
	Length               int // of the body as declared; -1 of chunks; -2 if there is none
	IsHTTP11, IsTLS      bool
	Peer                 net.Addr
	Header               carrier.Lent
}

// Copy is the request in memory of its own, but for its headers.
func (l *Lent) Copy() Request {
	host, path, query := SplitTarget(l.Target)
	if len(host) == 0 {
		host = l.Host
	}
	all := Copies([4][]byte{l.Method, host, path, query})
	r := Request{
		Method: all[0], Scheme: "http", Authority: all[1], Path: all[2], RawQuery: all[3],
		Version: Version(1, 0), Size: int64(l.Length), Header: l.Header,
	}
	if l.IsHTTP11 {
		r.Version = Version(1, 1)
	}
	if l.IsTLS {
		r.Scheme = "https"
	}
	if l.Length < -1 {
		r.Size = 0
	}
	if plain, err := url.PathUnescape(r.Path); err == nil && plain != r.Path {
		r.Path, r.RawPath = plain, r.Path
	}
	if l.Peer != nil {
		r.Peer = l.Peer.String()
	}
	return r
}

// SplitTarget takes the target of a request's line apart, of which the host is empty
// unless it is in absolute form.
func SplitTarget(target []byte) (host, path, query []byte) {
	path, _, _ = bytes.Cut(target, []byte("#"))
	path, query, _ = bytes.Cut(path, []byte("?"))
	if at := bytes.Index(path, []byte("://")); at > 0 && path[0] != '/' {
		host, path = path[at+3:], nil
		if at := bytes.IndexByte(host, '/'); at >= 0 {
			host, path = host[:at], host[at:]
		}
	}
	if len(path) == 0 {
		path = []byte("/")
	}
	return host, path, query
}

// Copies are strings of memory that will be used again, in one piece of their own.
func Copies(parts [4][]byte) (all [4]string) {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	var text strings.Builder
	text.Grow(size)
	for _, part := range parts {
		text.Write(part)
	}
	rest := text.String()
	for i, part := range parts {
		all[i], rest = rest[:len(part)], rest[len(part):]
	}
	return all
}
