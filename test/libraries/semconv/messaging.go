// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"fmt"
	"slices"

	"otel.runtime/view/receiver"
)

// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
var messaging = []group{
	messagingOf("PRODUCER", "create", "send"),
	messagingOf("CLIENT", "send", "receive", "settle"),
	messagingOf("CONSUMER", "process"),
}

func messagingOf(kind string, types ...string) group {
	return group{
		kind: kind, marks: "messaging.system",
		required: []string{"messaging.system", "messaging.operation.name", "messaging.operation.type"},
		where: map[string]func(receiver.Span) bool{
			"messaging.destination.name": has("messaging.destination.temporary", "messaging.destination.anonymous"),
			"server.address":             has("server.port"),
		},
		may: []string{"messaging.batch.message_count", "messaging.client.id", "messaging.consumer.group.name", "messaging.destination.anonymous",
			"messaging.destination.partition.id", "messaging.destination.subscription.name", "messaging.destination.template",
			"messaging.destination.temporary", "messaging.message.body.size", "messaging.message.conversation_id", "messaging.message.id",
			"messaging.kafka.message.key", "messaging.kafka.message.tombstone", "messaging.kafka.offset",
			"messaging.rabbitmq.destination.routing_key", "messaging.rabbitmq.message.delivery_tag",
			"network.peer.address", "network.peer.port", "server.port"},
		form: "{messaging.operation.name} {destination}: its template, or its name where that isn't temporary or anonymous",
		name: messagingName,
		also: func(s receiver.Span, say sayer) {
			if of := fmt.Sprint(s.Attributes.Get("messaging.operation.type")); !slices.Contains(types, of) {
				say("messaging.operation.type %s of a span of this kind", of)
			}
		},
	}
}

func messagingName(s receiver.Span) string {
	get := s.Attributes.Get
	operation := fmt.Sprint(get("messaging.operation.name"))
	switch template, name := get("messaging.destination.template"), get("messaging.destination.name"); {
	case template != nil:
		return fmt.Sprintf("%s %v", operation, template)
	case name == nil && get("server.port") != nil:
		return fmt.Sprintf("%s %v:%v", operation, get("server.address"), get("server.port"))
	case name == nil || get("messaging.destination.temporary") != nil || get("messaging.destination.anonymous") != nil:
		return operation
	default:
		return fmt.Sprintf("%s %v", operation, name)
	}
}
