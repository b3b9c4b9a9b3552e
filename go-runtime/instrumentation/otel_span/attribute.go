// SPDX-License-Identifier: Apache-2.0

package otelspan

import (
	"fmt"
	"reflect"

	"go.opentelemetry.io/otel/attribute"
)

// attributeOf is a parameter's value as an attribute: a number, a bool, a text,
// or a list of these as what it is; what has a text of its own (an error, a
// fmt.Stringer) as that; a pointer to one of these as what it points to; else
// the text that fmt gives it.
func attributeOf(key string, value any) attribute.KeyValue {
	switch v := value.(type) {
	case nil:
		return attribute.String(key, "<nil>")
	case string:
		return attribute.String(key, v)
	case bool:
		return attribute.Bool(key, v)
	case int:
		return attribute.Int(key, v)
	case int64:
		return attribute.Int64(key, v)
	case float64:
		return attribute.Float64(key, v)
	case []string:
		return attribute.StringSlice(key, v)
	case []byte:
		return attribute.String(key, string(v))
	case error, fmt.Stringer:
		return attribute.String(key, fmt.Sprint(v)) // which survives the method of a nil pointer
	}
	v := reflect.ValueOf(value)
	if v.Kind() == reflect.Pointer && !v.IsNil() && v.Elem().Kind() <= reflect.Float64 {
		v = v.Elem()
	}
	return reflected(key, v, value)
}

func reflected(key string, v reflect.Value, value any) attribute.KeyValue {
	switch {
	case v.Kind() == reflect.String:
		return attribute.String(key, v.String())
	case v.Kind() == reflect.Bool:
		return attribute.Bool(key, v.Bool())
	case v.CanInt():
		return attribute.Int64(key, v.Int())
	case v.CanUint() && v.Uint() < 1<<63:
		return attribute.Int64(key, int64(v.Uint()))
	case v.CanFloat():
		return attribute.Float64(key, v.Float())
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Array:
		return list(key, v, value)
	}
	return attribute.String(key, fmt.Sprint(value))
}

func list(key string, v reflect.Value, value any) attribute.KeyValue {
	element := reflect.Zero(v.Type().Elem())
	switch {
	case element.Kind() == reflect.String:
		return attribute.StringSlice(key, elements(v, reflect.Value.String))
	case element.Kind() == reflect.Bool:
		return attribute.BoolSlice(key, elements(v, reflect.Value.Bool))
	case element.CanInt():
		return attribute.Int64Slice(key, elements(v, reflect.Value.Int))
	case element.CanFloat():
		return attribute.Float64Slice(key, elements(v, reflect.Value.Float))
	}
	return attribute.String(key, fmt.Sprint(value))
}

func elements[T any](v reflect.Value, get func(reflect.Value) T) []T {
	all := make([]T, v.Len())
	for i := range all {
		all[i] = get(v.Index(i))
	}
	return all
}
