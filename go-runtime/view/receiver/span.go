// SPDX-License-Identifier: Apache-2.0

// Package receiver is a small OTLP receiver: it takes spans, metrics and log
// records over gRPC, http/protobuf and http/json. It is no part of instrumented
// programs. The command otel-receiver, for demonstrations and tests, is made of
// it and prints spans as trees or as JSON lines; package view shows everything
// in a browser.
package receiver

import (
	"bytes"
	"encoding/json"
)

// Span is a received span with what it came in. Its JSON is one line of the
// receiver's --json output.
type Span struct {
	TraceID      string     `json:"trace_id"`
	SpanID       string     `json:"span_id"`
	ParentSpanID string     `json:"parent_span_id"`
	Name         string     `json:"name"`
	Kind         string     `json:"kind"` // SERVER, CLIENT, …
	Start        uint64     `json:"start_unix_nano"`
	End          uint64     `json:"end_unix_nano"`
	Attributes   Attributes `json:"attributes"`
	Status       Status     `json:"status"`
	Events       []Event    `json:"events"`
	Links        []Link     `json:"links"`
	Scope        Scope      `json:"scope"`
	Resource     Attributes `json:"resource"`
	Flags        uint32     `json:"flags"`
	TraceState   string     `json:"trace_state"`

	ResourceSchemaURL string `json:"resource_schema_url,omitempty"`
	DroppedAttributes uint32 `json:"dropped_attributes_count,omitempty"`
	DroppedEvents     uint32 `json:"dropped_events_count,omitempty"`
	DroppedLinks      uint32 `json:"dropped_links_count,omitempty"`
}

// Status is UNSET, OK or ERROR with a message.
type Status struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Event is a time-stamped event of a span.
type Event struct {
	Name       string     `json:"name"`
	Time       uint64     `json:"time_unix_nano"`
	Attributes Attributes `json:"attributes"`
	Dropped    uint32     `json:"dropped_attributes_count,omitempty"`
}

// Link is a reference to a span elsewhere.
type Link struct {
	TraceID    string     `json:"trace_id"`
	SpanID     string     `json:"span_id"`
	TraceState string     `json:"trace_state"`
	Attributes Attributes `json:"attributes"`
	Flags      uint32     `json:"flags"`
	Dropped    uint32     `json:"dropped_attributes_count,omitempty"`
}

// Scope is the instrumentation scope.
type Scope struct {
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	SchemaURL  string     `json:"schema_url,omitempty"`
	Attributes Attributes `json:"attributes,omitempty"`
}

// Attributes keep their order as received. In JSON they are an object.
type Attributes []Attribute

// Attribute has a value of type string, bool, int64, float64, []byte, []any,
// Attributes or nil.
type Attribute struct {
	Key   string
	Value any
}

// Get returns the value of the first attribute with that key, or nil.
func (a Attributes) Get(key string) any {
	for _, kv := range a {
		if kv.Key == key {
			return kv.Value
		}
	}
	return nil
}

// MarshalJSON writes an object; the last of several equal keys counts.
func (a Attributes) MarshalJSON() ([]byte, error) {
	object := make(map[string]any, len(a))
	for _, kv := range a {
		object[kv.Key] = plain(kv.Value)
	}
	// json.Marshal would write < as an escape, for the sake of HTML.
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	err := to.Encode(object)
	return out.Bytes(), err
}
