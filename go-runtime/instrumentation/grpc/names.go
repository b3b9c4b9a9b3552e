// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
)

// Keys of attributes.
//
// https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
const (
	rpcSystemName         = attribute.Key("rpc.system.name")
	rpcMethod             = attribute.Key("rpc.method")
	rpcMethodOriginal     = attribute.Key("rpc.method_original")
	rpcResponseStatusCode = attribute.Key("rpc.response.status_code")
	errorType             = attribute.Key("error.type")
	serverAddress         = attribute.Key("server.address")
	serverPort            = attribute.Key("server.port")
	networkPeerAddress    = attribute.Key("network.peer.address")
	networkPeerPort       = attribute.Key("network.peer.port")
)

// Keys of conventions up to 1.37.0.
const (
	oldSystem     = attribute.Key("rpc.system")
	oldService    = attribute.Key("rpc.service")
	oldStatusCode = attribute.Key("rpc.grpc.status_code")
)

// duplicated is whether old names are emitted beside the new ones.
var duplicated = conventions.Duplicates("rpc")

// other is the method where the server has none of that name.
const other = "_OTHER"

// method is what is called: "/package.Service/Method". One that the server doesn't
// know is whatever a client says.
type method struct {
	full    string
	unknown bool
}

// name is that of the span. Without a method that is known it is the system's.
func (m method) name() string {
	if name := strings.TrimPrefix(m.full, "/"); name != "" && !m.unknown {
		return name
	}
	return "grpc"
}

// append adds the attributes of a span.
func (m method) append(to []attribute.KeyValue) []attribute.KeyValue {
	to = m.appendMeasured(to)
	name := strings.TrimPrefix(m.full, "/")
	if m.unknown && name != "" {
		to = append(to, rpcMethodOriginal.String(name))
	}
	if duplicated {
		to = append(to, oldSystem.String("grpc"))
		// Both conventions have rpc.method; the new one's is there.
		if service, _, ok := m.split(); ok {
			to = append(to, oldService.String(service))
		}
	}
	return to
}

// appendMeasured adds the attributes of metrics: a closed set.
func (m method) appendMeasured(to []attribute.KeyValue) []attribute.KeyValue {
	to = append(to, rpcSystemName.String("grpc"))
	name := strings.TrimPrefix(m.full, "/")
	if m.unknown || name == "" { // the method is required
		name = other
	}
	return append(to, rpcMethod.String(name))
}

// appendOld adds the attributes of metrics up to 1.37.0.
func (m method) appendOld(to []attribute.KeyValue) []attribute.KeyValue {
	to = append(to, oldSystem.String("grpc"))
	if service, name, ok := m.split(); ok && !m.unknown {
		to = append(to, oldService.String(service), rpcMethod.String(name))
	}
	return to
}

func (m method) split() (service, name string, ok bool) {
	full := strings.TrimPrefix(m.full, "/")
	slash := strings.LastIndexByte(full, '/')
	if slash < 0 {
		return "", "", false
	}
	return full[:slash], full[slash+1:], true
}
