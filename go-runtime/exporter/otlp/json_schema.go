// SPDX-License-Identifier: Apache-2.0

package otlp

import "sync"

// What appendJSON knows of OTLP's messages: the fields that are written here.
//
// https://github.com/open-telemetry/opentelemetry-proto

type fieldKind int

const (
	aText fieldKind = iota
	aMessage
	anID
	aBlob
	aBool
	aNumber
	aZigzag
	anInteger
	anUnsigned
	aDouble
	packedDoubles
	packedUnsigned
	packedVarints
)

type field struct {
	name     string
	kind     fieldKind
	repeated bool
	of       func() *message // a function, as values hold values
}

// message has its fields by their numbers.
type message struct{ fields map16 }

// map16 is indexed by field number; no message here has a higher one.
type map16 [17]field

func one(name string, m *message) field {
	return field{name, aMessage, false, func() *message { return m }}
}
func many(name string, m *message) field {
	return field{name, aMessage, true, func() *message { return m }}
}

func anyValue() *message { return anyValueMessage }

var anyValueMessage *message

// requests has the request of each signal; most programs never need them.
var requests = sync.OnceValue(func() map[Signal]*message {
	value := field{"value", aMessage, false, anyValue}
	attribute := &message{map16{1: {name: "key"}, 2: value}}
	array := &message{map16{1: {"values", aMessage, true, anyValue}}}
	pairs := &message{map16{1: many("values", attribute)}}
	anyValueMessage = &message{map16{1: {name: "stringValue"}, 2: {name: "boolValue", kind: aBool}, 3: {name: "intValue", kind: anInteger},
		4: {name: "doubleValue", kind: aDouble}, 5: one("arrayValue", array), 6: one("kvlistValue", pairs), 7: {name: "bytesValue", kind: aBlob}}}
	resource := &message{map16{1: many("attributes", attribute), 2: {name: "droppedAttributesCount", kind: aNumber}}}
	scope := &message{map16{1: {name: "name"}, 2: {name: "version"}, 3: many("attributes", attribute)}}
	request := func(perResource, perScope, items string, item *message) *message {
		inScope := &message{map16{1: one("scope", scope), 2: many(items, item), 3: {name: "schemaUrl"}}}
		inResource := &message{map16{1: one("resource", resource), 2: many(perScope, inScope), 3: {name: "schemaUrl"}}}
		return &message{map16{1: many(perResource, inResource)}}
	}
	record := &message{map16{
		1: {name: "timeUnixNano", kind: anUnsigned}, 2: {name: "severityNumber", kind: aNumber}, 3: {name: "severityText"},
		5: {"body", aMessage, false, anyValue}, 6: many("attributes", attribute), 7: {name: "droppedAttributesCount", kind: aNumber},
		8: {name: "flags", kind: aNumber}, 9: {name: "traceId", kind: anID}, 10: {name: "spanId", kind: anID},
		11: {name: "observedTimeUnixNano", kind: anUnsigned}, 12: {name: "eventName"}}}
	return map[Signal]*message{
		Traces:   request("resourceSpans", "scopeSpans", "spans", spanMessage(attribute)),
		Metrics:  request("resourceMetrics", "scopeMetrics", "metrics", metricMessage(attribute)),
		Logs:     request("resourceLogs", "scopeLogs", "logRecords", record),
		Profiles: profilesMessage(request("resourceProfiles", "scopeProfiles", "profiles", profileMessage())),
	}
})

func spanMessage(attribute *message) *message {
	event := &message{map16{1: {name: "timeUnixNano", kind: anUnsigned}, 2: {name: "name"}, 3: many("attributes", attribute),
		4: {name: "droppedAttributesCount", kind: aNumber}}}
	link := &message{map16{1: {name: "traceId", kind: anID}, 2: {name: "spanId", kind: anID}, 3: {name: "traceState"},
		4: many("attributes", attribute), 5: {name: "droppedAttributesCount", kind: aNumber}, 6: {name: "flags", kind: aNumber}}}
	status := &message{map16{2: {name: "message"}, 3: {name: "code", kind: aNumber}}}
	return &message{map16{1: {name: "traceId", kind: anID}, 2: {name: "spanId", kind: anID}, 3: {name: "traceState"},
		4: {name: "parentSpanId", kind: anID}, 5: {name: "name"}, 6: {name: "kind", kind: aNumber},
		7: {name: "startTimeUnixNano", kind: anUnsigned}, 8: {name: "endTimeUnixNano", kind: anUnsigned},
		9: many("attributes", attribute), 10: {name: "droppedAttributesCount", kind: aNumber},
		11: many("events", event), 12: {name: "droppedEventsCount", kind: aNumber},
		13: many("links", link), 14: {name: "droppedLinksCount", kind: aNumber}, 15: one("status", status), 16: {name: "flags", kind: aNumber}}}
}

func metricMessage(attribute *message) *message {
	exemplar := &message{map16{2: {name: "timeUnixNano", kind: anUnsigned}, 3: {name: "asDouble", kind: aDouble}, 4: {name: "spanId", kind: anID},
		5: {name: "traceId", kind: anID}, 6: {name: "asInt", kind: anInteger}, 7: many("filteredAttributes", attribute)}}
	start, at := field{name: "startTimeUnixNano", kind: anUnsigned}, field{name: "timeUnixNano", kind: anUnsigned}
	temporality := field{name: "aggregationTemporality", kind: aNumber}
	number := &message{map16{2: start, 3: at, 4: {name: "asDouble", kind: aDouble}, 5: many("exemplars", exemplar),
		6: {name: "asInt", kind: anInteger}, 7: many("attributes", attribute), 8: {name: "flags", kind: aNumber}}}
	histogram := &message{map16{2: start, 3: at, 4: {name: "count", kind: anUnsigned}, 5: {name: "sum", kind: aDouble},
		6: {name: "bucketCounts", kind: packedUnsigned}, 7: {name: "explicitBounds", kind: packedDoubles}, 8: many("exemplars", exemplar),
		9: many("attributes", attribute), 10: {name: "flags", kind: aNumber}, 11: {name: "min", kind: aDouble}, 12: {name: "max", kind: aDouble}}}
	buckets := &message{map16{1: {name: "offset", kind: aZigzag}, 2: {name: "bucketCounts", kind: packedVarints}}}
	exponential := &message{map16{1: many("attributes", attribute), 2: start, 3: at, 4: {name: "count", kind: anUnsigned}, 5: {name: "sum", kind: aDouble},
		6: {name: "scale", kind: aZigzag}, 7: {name: "zeroCount", kind: anUnsigned}, 8: one("positive", buckets), 9: one("negative", buckets),
		10: {name: "flags", kind: aNumber}, 11: many("exemplars", exemplar), 12: {name: "min", kind: aDouble}, 13: {name: "max", kind: aDouble},
		14: {name: "zeroThreshold", kind: aDouble}}}
	quantile := &message{map16{1: {name: "quantile", kind: aDouble}, 2: {name: "value", kind: aDouble}}}
	summary := &message{map16{2: start, 3: at, 4: {name: "count", kind: anUnsigned}, 5: {name: "sum", kind: aDouble},
		6: many("quantileValues", quantile), 7: many("attributes", attribute), 8: {name: "flags", kind: aNumber}}}
	return &message{map16{1: {name: "name"}, 2: {name: "description"}, 3: {name: "unit"},
		5:  one("gauge", &message{map16{1: many("dataPoints", number)}}),
		7:  one("sum", &message{map16{1: many("dataPoints", number), 2: temporality, 3: {name: "isMonotonic", kind: aBool}}}),
		9:  one("histogram", &message{map16{1: many("dataPoints", histogram), 2: temporality}}),
		10: one("exponentialHistogram", &message{map16{1: many("dataPoints", exponential), 2: temporality}}),
		11: one("summary", &message{map16{1: many("dataPoints", summary)}})}}
}

func profileMessage() *message {
	valueType := &message{map16{1: {name: "typeStrindex", kind: aNumber}, 2: {name: "unitStrindex", kind: aNumber}}}
	sample := &message{map16{1: {name: "stackIndex", kind: aNumber}, 2: {name: "attributeIndices", kind: packedVarints},
		3: {name: "linkIndex", kind: aNumber}, 4: {name: "values", kind: packedVarints}}}
	return &message{map16{1: one("sampleType", valueType), 2: many("samples", sample), 3: {name: "timeUnixNano", kind: anUnsigned},
		4: {name: "durationNano", kind: anInteger}, 5: one("periodType", valueType), 6: {name: "period", kind: anInteger}}}
}

// profilesMessage is a request with the dictionary.
func profilesMessage(request *message) *message {
	indices := field{name: "attributeIndices", kind: packedVarints}
	mapping := &message{map16{4: {name: "filenameStrindex", kind: aNumber}, 5: indices}}
	line := &message{map16{1: {name: "functionIndex", kind: aNumber}, 2: {name: "line", kind: anInteger}}}
	location := &message{map16{1: {name: "mappingIndex", kind: aNumber}, 2: {name: "address", kind: anInteger}, 3: many("lines", line), 4: indices}}
	function := &message{map16{1: {name: "nameStrindex", kind: aNumber}, 2: {name: "systemNameStrindex", kind: aNumber}, 3: {name: "filenameStrindex", kind: aNumber}}}
	link := &message{map16{1: {name: "traceId", kind: anID}, 2: {name: "spanId", kind: anID}}}
	attribute := &message{map16{1: {name: "keyStrindex", kind: aNumber}, 2: {"value", aMessage, false, anyValue}, 3: {name: "unitStrindex", kind: aNumber}}}
	stack := &message{map16{1: {name: "locationIndices", kind: packedVarints}}}
	request.fields[2] = one("dictionary", &message{map16{1: many("mappingTable", mapping), 2: many("locationTable", location),
		3: many("functionTable", function), 4: many("linkTable", link), 5: {name: "stringTable", repeated: true},
		6: many("attributeTable", attribute), 7: many("stackTable", stack)}})
	return request
}
