// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/binary"
	"fmt"
	"math"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/otlp/wire"
)

func appendResource(b []byte, r *resource.Resource) []byte {
	b, m := wire.Open(b, 1, 2)
	b = appendSet(b, 1, r.Iter())
	return wire.Close(b, m)
}

// AppendAttributes appends the attributes of a resource, each as a KeyValue.
func AppendAttributes(b []byte, field int, of *resource.Resource) []byte {
	return appendSet(b, field, of.Iter())
}

func appendScope(b []byte, s instrumentation.Scope) []byte {
	b, m := wire.Open(b, 1, 1)
	b = wire.AppendString(b, 1, s.Name)
	b = wire.AppendString(b, 2, s.Version)
	attributes := scopeAttributes(s)
	b = appendSet(b, 3, attributes.Iter())
	return wire.Close(b, m)
}

func appendSet(b []byte, field int, of attribute.Iterator) []byte {
	for of.Next() {
		b = appendAttribute(b, field, of.Attribute())
	}
	return b
}

func appendAttributes(b []byte, field int, attributes []attribute.KeyValue) []byte {
	for _, kv := range attributes {
		b = appendAttribute(b, field, kv)
	}
	return b
}

// appendAttribute writes a KeyValue.
func appendAttribute(b []byte, field int, kv attribute.KeyValue) []byte {
	b, m := wire.Open(b, field, 1)
	b = wire.AppendString(b, 1, string(kv.Key))
	b, value := wire.Open(b, 2, 1)
	b = appendValue(b, kv.Value)
	b = wire.Close(b, value)
	return wire.Close(b, m)
}

// appendValue writes the fields of an AnyValue. The four scalar types, which
// are nearly all there is, are read without boxing.
func appendValue(b []byte, v attribute.Value) []byte {
	switch v.Type() {
	case attribute.STRING:
		return wire.AppendPresentString(b, 1, v.AsString())
	case attribute.BOOL:
		return appendBool(b, v.AsBool())
	case attribute.INT64:
		return appendInt(b, v.AsInt64())
	case attribute.FLOAT64:
		return appendFloat(b, v.AsFloat64())
	}
	return appendBoxed(b, v.AsInterface())
}

// appendBoxed goes by the Go type: the constants for byte slices, lists and
// maps don't exist in the oldest API that this must compile with.
func appendBoxed(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return b
	case []string:
		return appendList(b, len(v), func(b []byte, i int) []byte { return wire.AppendPresentString(b, 1, v[i]) })
	case []int64:
		return appendList(b, len(v), func(b []byte, i int) []byte { return appendInt(b, v[i]) })
	case []float64:
		return appendList(b, len(v), func(b []byte, i int) []byte { return appendFloat(b, v[i]) })
	case []bool:
		return appendList(b, len(v), func(b []byte, i int) []byte { return appendBool(b, v[i]) })
	case []byte:
		b = wire.AppendTag(b, 7, wire.Bytes)
		return append(binary.AppendUvarint(b, uint64(len(v))), v...)
	case []attribute.Value:
		return appendList(b, len(v), func(b []byte, i int) []byte { return appendValue(b, v[i]) })
	case []attribute.KeyValue:
		b, m := wire.Open(b, 6, 2)
		b = appendAttributes(b, 1, v)
		return wire.Close(b, m)
	}
	return wire.AppendPresentString(b, 1, fmt.Sprint(v))
}

// appendList writes an ArrayValue of n AnyValues.
func appendList(b []byte, n int, element func([]byte, int) []byte) []byte {
	b, list := wire.Open(b, 5, 1)
	for i := 0; i < n; i++ {
		var m wire.Mark
		b, m = wire.Open(b, 1, 1)
		b = element(b, i)
		b = wire.Close(b, m)
	}
	return wire.Close(b, list)
}

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(wire.AppendTag(b, 2, wire.Varint), 1)
	}
	return append(wire.AppendTag(b, 2, wire.Varint), 0)
}

func appendInt(b []byte, v int64) []byte {
	return binary.AppendUvarint(wire.AppendTag(b, 3, wire.Varint), uint64(v))
}

func appendFloat(b []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint64(wire.AppendTag(b, 4, wire.Fixed64), math.Float64bits(v))
}
