// SPDX-License-Identifier: Apache-2.0

package view

import (
	"math"

	"otel.runtime/view/receiver"
)

const statusError = "ERROR"

// serviceOf is the service's name, which every SDK sends.
func serviceOf(resource receiver.Attributes) string {
	if name := receiver.Text(resource.Get("service.name")); name != "" {
		return name
	}
	return "unknown_service"
}

// milliseconds are what browsers count time in.
func milliseconds(unixNano uint64) float64 { return float64(unixNano) / 1e6 }

// Value is an attribute as the page shows it: key, text, and type.
type Value [3]string

// values keep their order.
func values(attributes receiver.Attributes) []Value {
	out := make([]Value, len(attributes))
	for i, kv := range attributes {
		out[i] = Value{kv.Key, receiver.Text(kv.Value), typeOf(kv.Value)}
	}
	return out
}

func typeOf(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case bool:
		return "bool"
	case int64:
		return "int"
	case float64:
		return "double"
	case []byte:
		return "bytes"
	case []any:
		return "array"
	case receiver.Attributes:
		return "map"
	}
	return "empty"
}

// isNumber is whether JSON can say it.
func isNumber(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
