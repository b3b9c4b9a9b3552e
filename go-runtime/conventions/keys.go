// SPDX-License-Identifier: Apache-2.0

package conventions

import "go.opentelemetry.io/otel/attribute"

// Keys of attributes that the conventions of several areas share.
const (
	ErrorType           = attribute.Key("error.type")
	ExceptionMessage    = attribute.Key("exception.message")
	ExceptionStacktrace = attribute.Key("exception.stacktrace")
	ExceptionType       = attribute.Key("exception.type")
	NetworkPeerAddress  = attribute.Key("network.peer.address")
	NetworkPeerPort     = attribute.Key("network.peer.port")
	ServerAddress       = attribute.Key("server.address")
	ServerPort          = attribute.Key("server.port")
)
