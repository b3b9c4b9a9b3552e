// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
	"otel.runtime/telemetry/meter"
)

var durations = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}

var scope = meter.Scope{Name: "otel.runtime/messaging", SchemaURL: conventions.SchemaURL}

// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/
var (
	operationDuration = meter.Histogram{Scope: scope, Name: "messaging.client.operation.duration", Unit: "s",
		Description: "Duration of messaging operation initiated by a producer or consumer client.", Bounds: durations}
	processDuration = meter.Histogram{Scope: scope, Name: "messaging.process.duration", Unit: "s",
		Description: "Duration of processing operation.", Bounds: durations}
	sentMessages = meter.Counter{Scope: scope, Name: "messaging.client.sent.messages", Unit: "{message}",
		Description: "Number of messages producer attempted to send to the broker."}
	consumedMessages = meter.Counter{Scope: scope, Name: "messaging.client.consumed.messages", Unit: "{message}",
		Description: "Number of messages that were delivered to the application."}
)

// measured is what tells operations apart in metrics. A temporary destination's name
// isn't among it.
type measured struct {
	system, name, failure string
	kind                  Type
	at                    Destination
}

var (
	cases  meter.Cache[measured]
	counts meter.Cache[measured] // of messages: without the type
)

// A destination may be made up by whoever uses the program.
var destinations, partitions = &meter.Names{Limit: 256}, &meter.Names{Limit: 256}

func (c *Call) measure(failure string) {
	if !c.Measured() {
		return
	}
	m := measured{system: c.system.name, name: c.name, failure: failure, kind: c.kind, at: c.at}
	switch at := &m.at; {
	case at.Template != "" || at.Temporary || at.Anonymous:
		at.Name = ""
	case at.Name != "":
		at.Name = destinations.Get(at.Name, "")
	}
	m.at.Temporary, m.at.Anonymous = false, false
	m.at.Partition = partitions.Get(m.at.Partition, "")
	of := &operationDuration
	if c.kind == process {
		of = &processDuration
	}
	of.Record(c.Context, c.Took().Seconds(), cases.Get(m, measured.attributes))
	m.kind = ""
	switch {
	case c.kind == send:
		m.at.Group, m.at.Subscription = "", ""
		sentMessages.Add(c.Context, int64(c.count), counts.Get(m, measured.attributes))
	case c.count > 0 && (c.kind == receive || c.kind == process && !c.pulled):
		consumedMessages.Add(c.Context, int64(c.count), counts.Get(m, measured.attributes))
	}
}

func (m measured) attributes() []attribute.KeyValue {
	all := []attribute.KeyValue{SystemKey.String(m.system), OperationName.String(m.name)}
	if m.kind != "" && m.kind != process {
		all = append(all, OperationType.String(string(m.kind)))
	}
	all = m.at.append(all)
	return appendText(all, conventions.ErrorType, m.failure)
}
