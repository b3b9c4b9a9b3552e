// SPDX-License-Identifier: Apache-2.0

package receiver

// jsonKind is how a field is written in OTLP/JSON, and by that on the wire.
type jsonKind uint8

const (
	jsonMessage jsonKind = iota
	jsonText
	jsonHex
	jsonBase64
	jsonBool
	jsonDouble
	jsonVarint // enumerations too
	jsonZigzag
	jsonFixed32
	jsonFixed64
)

// jsonField is a field of a message that the decoders read.
type jsonField struct {
	number   int
	kind     jsonKind
	message  string
	repeated bool
}

func one(number int, kind jsonKind) jsonField { return jsonField{number: number, kind: kind} }
func many(number int, kind jsonKind) jsonField {
	return jsonField{number: number, kind: kind, repeated: true}
}
func oneOf(number int, message string) jsonField {
	return jsonField{number: number, message: message}
}
func manyOf(number int, message string) jsonField {
	return jsonField{number: number, message: message, repeated: true}
}

// messages are OTLP's, by the names in opentelemetry.proto, with the fields by
// their names in JSON.
//
// https://github.com/open-telemetry/opentelemetry-proto
var messages = map[string]map[string]jsonField{
	"TracesRequest":  {"resourceSpans": manyOf(1, "ResourceSpans")},
	"MetricsRequest": {"resourceMetrics": manyOf(1, "ResourceMetrics")},
	"LogsRequest":    {"resourceLogs": manyOf(1, "ResourceLogs")},

	"ResourceSpans":   {"resource": oneOf(1, "Resource"), "scopeSpans": manyOf(2, "ScopeSpans"), "schemaUrl": one(3, jsonText)},
	"ResourceMetrics": {"resource": oneOf(1, "Resource"), "scopeMetrics": manyOf(2, "ScopeMetrics"), "schemaUrl": one(3, jsonText)},
	"ResourceLogs":    {"resource": oneOf(1, "Resource"), "scopeLogs": manyOf(2, "ScopeLogs"), "schemaUrl": one(3, jsonText)},
	"ScopeSpans":      {"scope": oneOf(1, "Scope"), "spans": manyOf(2, "Span"), "schemaUrl": one(3, jsonText)},
	"ScopeMetrics":    {"scope": oneOf(1, "Scope"), "metrics": manyOf(2, "Metric"), "schemaUrl": one(3, jsonText)},
	"ScopeLogs":       {"scope": oneOf(1, "Scope"), "logRecords": manyOf(2, "LogRecord"), "schemaUrl": one(3, jsonText)},

	"Resource": {"attributes": manyOf(1, "KeyValue")},
	"Scope":    {"name": one(1, jsonText), "version": one(2, jsonText), "attributes": manyOf(3, "KeyValue")},
	"KeyValue": {"key": one(1, jsonText), "value": oneOf(2, "AnyValue")},
	"AnyValue": {
		"stringValue": one(1, jsonText), "boolValue": one(2, jsonBool), "intValue": one(3, jsonVarint),
		"doubleValue": one(4, jsonDouble), "arrayValue": oneOf(5, "ArrayValue"), "kvlistValue": oneOf(6, "KeyValueList"),
		"bytesValue": one(7, jsonBase64),
	},
	"ArrayValue":   {"values": manyOf(1, "AnyValue")},
	"KeyValueList": {"values": manyOf(1, "KeyValue")},

	"Span": {
		"traceId": one(1, jsonHex), "spanId": one(2, jsonHex), "traceState": one(3, jsonText), "parentSpanId": one(4, jsonHex),
		"name": one(5, jsonText), "kind": one(6, jsonVarint), "startTimeUnixNano": one(7, jsonFixed64),
		"endTimeUnixNano": one(8, jsonFixed64), "attributes": manyOf(9, "KeyValue"), "droppedAttributesCount": one(10, jsonVarint),
		"events": manyOf(11, "Event"), "droppedEventsCount": one(12, jsonVarint), "links": manyOf(13, "Link"),
		"droppedLinksCount": one(14, jsonVarint), "status": oneOf(15, "Status"), "flags": one(16, jsonFixed32),
	},
	"Event": {
		"timeUnixNano": one(1, jsonFixed64), "name": one(2, jsonText), "attributes": manyOf(3, "KeyValue"),
		"droppedAttributesCount": one(4, jsonVarint),
	},
	"Link": {
		"traceId": one(1, jsonHex), "spanId": one(2, jsonHex), "traceState": one(3, jsonText), "attributes": manyOf(4, "KeyValue"),
		"droppedAttributesCount": one(5, jsonVarint), "flags": one(6, jsonFixed32),
	},
	"Status": {"message": one(2, jsonText), "code": one(3, jsonVarint)},

	"LogRecord": {
		"timeUnixNano": one(1, jsonFixed64), "severityNumber": one(2, jsonVarint), "severityText": one(3, jsonText),
		"body": oneOf(5, "AnyValue"), "attributes": manyOf(6, "KeyValue"), "traceId": one(9, jsonHex), "spanId": one(10, jsonHex),
		"observedTimeUnixNano": one(11, jsonFixed64), "eventName": one(12, jsonText),
	},

	"Metric": {
		"name": one(1, jsonText), "description": one(2, jsonText), "unit": one(3, jsonText), "gauge": oneOf(5, "Gauge"),
		"sum": oneOf(7, "Sum"), "histogram": oneOf(9, "Histogram"), "exponentialHistogram": oneOf(10, "ExponentialHistogram"),
		"summary": oneOf(11, "Summary"),
	},
	"Gauge":                {"dataPoints": manyOf(1, "Number")},
	"Sum":                  {"dataPoints": manyOf(1, "Number"), "aggregationTemporality": one(2, jsonVarint), "isMonotonic": one(3, jsonBool)},
	"Histogram":            {"dataPoints": manyOf(1, "HistogramPoint"), "aggregationTemporality": one(2, jsonVarint)},
	"ExponentialHistogram": {"dataPoints": manyOf(1, "ExponentialPoint"), "aggregationTemporality": one(2, jsonVarint)},
	"Summary":              {"dataPoints": manyOf(1, "SummaryPoint")},
	"Number": {
		"startTimeUnixNano": one(2, jsonFixed64), "timeUnixNano": one(3, jsonFixed64), "asDouble": one(4, jsonDouble),
		"asInt": one(6, jsonFixed64), "attributes": manyOf(7, "KeyValue"), "flags": one(8, jsonVarint),
	},
	"HistogramPoint": {
		"startTimeUnixNano": one(2, jsonFixed64), "timeUnixNano": one(3, jsonFixed64), "count": one(4, jsonFixed64),
		"sum": one(5, jsonDouble), "bucketCounts": many(6, jsonFixed64), "explicitBounds": many(7, jsonDouble),
		"attributes": manyOf(9, "KeyValue"), "flags": one(10, jsonVarint), "min": one(11, jsonDouble), "max": one(12, jsonDouble),
	},
	"ExponentialPoint": {
		"attributes": manyOf(1, "KeyValue"), "startTimeUnixNano": one(2, jsonFixed64), "timeUnixNano": one(3, jsonFixed64),
		"count": one(4, jsonFixed64), "sum": one(5, jsonDouble), "scale": one(6, jsonZigzag), "zeroCount": one(7, jsonFixed64),
		"positive": oneOf(8, "Buckets"), "negative": oneOf(9, "Buckets"), "flags": one(10, jsonVarint),
		"min": one(12, jsonDouble), "max": one(13, jsonDouble), "zeroThreshold": one(14, jsonDouble),
	},
	"Buckets": {"offset": one(1, jsonZigzag), "bucketCounts": many(2, jsonVarint)},
	"SummaryPoint": {
		"startTimeUnixNano": one(2, jsonFixed64), "timeUnixNano": one(3, jsonFixed64), "count": one(4, jsonFixed64),
		"sum": one(5, jsonDouble), "quantileValues": manyOf(6, "Quantile"), "attributes": manyOf(7, "KeyValue"),
		"flags": one(8, jsonVarint),
	},
	"Quantile": {"quantile": one(1, jsonDouble), "value": one(2, jsonDouble)},
}
