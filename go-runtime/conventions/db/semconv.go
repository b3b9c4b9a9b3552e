// SPDX-License-Identifier: Apache-2.0

package db

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
)

// SchemaURL names the version of the semantic conventions that every name and
// rule of the database hooks follows: their stable database set.
const SchemaURL = conventions.SchemaURL

// Keys of attributes.
const (
	SystemName         = attribute.Key("db.system.name")
	Namespace          = attribute.Key("db.namespace")
	CollectionName     = attribute.Key("db.collection.name")
	OperationName      = attribute.Key("db.operation.name")
	OperationBatchSize = attribute.Key("db.operation.batch.size")
	QueryText          = attribute.Key("db.query.text")
	QuerySummary       = attribute.Key("db.query.summary")
	ResponseStatusCode = attribute.Key("db.response.status_code")
	ErrorType          = attribute.Key("error.type")
	ServerAddress      = attribute.Key("server.address")
	ServerPort         = attribute.Key("server.port")
	NetworkPeerAddress = attribute.Key("network.peer.address")
	NetworkPeerPort    = attribute.Key("network.peer.port")
)
