// SPDX-License-Identifier: Apache-2.0

package db

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
)

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
	ErrorType          = conventions.ErrorType
	ServerAddress      = conventions.ServerAddress
	ServerPort         = conventions.ServerPort
	NetworkPeerAddress = conventions.NetworkPeerAddress
	NetworkPeerPort    = conventions.NetworkPeerPort
)
