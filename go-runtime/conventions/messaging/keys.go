// SPDX-License-Identifier: Apache-2.0

package messaging

import "go.opentelemetry.io/otel/attribute"

// Keys of attributes.
const (
	SystemKey        = attribute.Key("messaging.system")
	OperationName    = attribute.Key("messaging.operation.name")
	OperationType    = attribute.Key("messaging.operation.type")
	BatchCount       = attribute.Key("messaging.batch.message_count")
	ClientID         = attribute.Key("messaging.client.id")
	ConsumerGroup    = attribute.Key("messaging.consumer.group.name")
	DestinationName  = attribute.Key("messaging.destination.name")
	Template         = attribute.Key("messaging.destination.template")
	Anonymous        = attribute.Key("messaging.destination.anonymous")
	Temporary        = attribute.Key("messaging.destination.temporary")
	Partition        = attribute.Key("messaging.destination.partition.id")
	SubscriptionName = attribute.Key("messaging.destination.subscription.name")
	MessageID        = attribute.Key("messaging.message.id")
	ConversationID   = attribute.Key("messaging.message.conversation_id")
	KafkaOffset      = attribute.Key("messaging.kafka.offset")
	KafkaTombstone   = attribute.Key("messaging.kafka.message.tombstone")
	BodySize         = attribute.Key("messaging.message.body.size")
)
