// SPDX-License-Identifier: Apache-2.0

package db

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
	"otel.runtime/instrumentation"
	"otel.runtime/telemetry/meter"
)

// https://opentelemetry.io/docs/specs/semconv/db/database-metrics/
var duration = meter.Histogram{
	Scope: meter.Scope{Name: "otel.runtime/db", SchemaURL: conventions.SchemaURL},
	Name:  "db.client.operation.duration", Unit: "s", Description: "Duration of database client operations.",
	Bounds: []float64{0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10},
}

// measured is what tells operations apart in metrics: those of a span's
// attributes that have few different values.
type measured struct {
	system, namespace, operation, collection, summary, address, failure, code string
	port                                                                      int64
}

var cases meter.Cache[measured]

// What is in a statement's text may be made up by whoever uses the program.
var namespaces, operations, collections, summaries = names(256), names(256), names(512), names(512)

func names(limit int) *meter.Names { return &meter.Names{Limit: limit} }

// take keeps the attributes that count.
func (m *measured) take(attributes []attribute.KeyValue) {
	for _, a := range attributes {
		switch a.Key {
		case SystemName:
			m.system = a.Value.AsString()
		case Namespace:
			m.namespace = namespaces.Get(a.Value.AsString(), "")
		case OperationName:
			m.operation = operations.Get(a.Value.AsString(), "")
		case CollectionName:
			m.collection = collections.Get(a.Value.AsString(), "")
		case QuerySummary:
			m.summary = summaries.Get(a.Value.AsString(), "")
		case ServerAddress:
			m.address = a.Value.AsString()
		case ServerPort:
			m.port = a.Value.AsInt64()
		}
	}
}

func (m measured) attributes() (all []attribute.KeyValue) {
	for _, a := range []struct {
		key   attribute.Key
		value string
	}{
		{SystemName, m.system}, {Namespace, m.namespace}, {OperationName, m.operation}, {CollectionName, m.collection},
		{QuerySummary, m.summary}, {ServerAddress, m.address}, {ErrorType, m.failure}, {ResponseStatusCode, m.code},
	} {
		if a.value != "" {
			all = append(all, a.key.String(a.value))
		}
	}
	if m.port != 0 {
		all = append(all, ServerPort.Int64(m.port))
	}
	return all
}

func (m measured) record(of *instrumentation.Operation, failed *Failure) {
	if failed != nil {
		m.failure, m.code = failed.Type, failed.Code
	}
	duration.Record(of.Context, of.Took().Seconds(), cases.Get(m, measured.attributes))
}
