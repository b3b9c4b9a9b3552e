// SPDX-License-Identifier: Apache-2.0

// Package rpc is what the semantic conventions say of remote procedure calls, for
// the hooks of whatever system they are of: names, durations and how a call ends.
//
// https://opentelemetry.io/docs/specs/semconv/rpc/
package rpc

import (
	"net"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
)

// Keys of attributes.
const (
	systemName         = attribute.Key("rpc.system.name")
	methodKey          = attribute.Key("rpc.method")
	methodOriginal     = attribute.Key("rpc.method_original")
	responseStatusCode = attribute.Key("rpc.response.status_code")
)

// Keys of conventions up to 1.37.0.
const (
	oldSystem  = attribute.Key("rpc.system")
	oldService = attribute.Key("rpc.service")
)

// Duplicated is whether old names are emitted beside the new ones.
var Duplicated = conventions.Duplicates("rpc")

// other is the method where the server has none of that name.
const other = "_OTHER"

// Method is what is called: "package.Service/Method", with a slash in front of it
// or without. One that the server doesn't know is whatever a client says.
type Method struct {
	System  string // rpc.system.name: "grpc"
	Full    string
	Unknown bool
}

func (m Method) text() string { return strings.TrimPrefix(m.Full, "/") }

// Name is that of the span. Without a method that is known it is the system's.
func (m Method) Name() string {
	if name := m.text(); name != "" && !m.Unknown {
		return name
	}
	return m.System
}

// Append adds the attributes of a span.
func (m Method) Append(to []attribute.KeyValue) []attribute.KeyValue {
	to = m.appendMeasured(to)
	name := m.text()
	if m.Unknown && name != "" {
		to = append(to, methodOriginal.String(name))
	}
	if Duplicated {
		to = append(to, oldSystem.String(m.System))
		// Both conventions have rpc.method; the new one's is there.
		if service, _, ok := m.split(); ok {
			to = append(to, oldService.String(service))
		}
	}
	return to
}

// appendMeasured adds the attributes of metrics: a closed set.
func (m Method) appendMeasured(to []attribute.KeyValue) []attribute.KeyValue {
	to = append(to, systemName.String(m.System))
	name := m.text()
	if m.Unknown || name == "" { // the method is required
		name = other
	}
	return append(to, methodKey.String(name))
}

// appendOld adds the attributes of metrics up to 1.37.0.
func (m Method) appendOld(to []attribute.KeyValue) []attribute.KeyValue {
	to = append(to, oldSystem.String(m.System))
	if service, name, ok := m.split(); ok && !m.Unknown {
		to = append(to, oldService.String(service), methodKey.String(name))
	}
	return to
}

func (m Method) split() (service, name string, ok bool) {
	full := m.text()
	slash := strings.LastIndexByte(full, '/')
	if slash < 0 {
		return "", "", false
	}
	return full[:slash], full[slash+1:], true
}

// AppendServer adds the server's "host:port" or "host", if there is one.
func AppendServer(to []attribute.KeyValue, text string) []attribute.KeyValue {
	return appendAddress(to, text, conventions.ServerAddress, conventions.ServerPort)
}

// AppendPeer adds the address of a connection's other end.
func AppendPeer(to []attribute.KeyValue, text string) []attribute.KeyValue {
	return appendAddress(to, text, conventions.NetworkPeerAddress, conventions.NetworkPeerPort)
}

func appendAddress(to []attribute.KeyValue, text string, address, port attribute.Key) []attribute.KeyValue {
	if text == "" {
		return to
	}
	host, number, err := net.SplitHostPort(text)
	if err != nil {
		return append(to, address.String(strings.Trim(text, "[]")))
	}
	to = append(to, address.String(host))
	if n, err := strconv.Atoi(number); err == nil && n > 0 {
		to = append(to, port.Int(n))
	}
	return to
}
