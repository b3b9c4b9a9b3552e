// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"reflect"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
)

// scopeAttributesIndex is where instrumentation.Scope has its attributes, or
// nil: the field came after the oldest SDK that this package compiles with.
var scopeAttributesIndex = func() []int {
	field, ok := reflect.TypeOf(instrumentation.Scope{}).FieldByName("Attributes")
	if !ok || field.Type != reflect.TypeOf(attribute.Set{}) {
		return nil
	}
	return field.Index
}()

// scopeAttributes is called once a scope and batch, so reflection is cheap
// enough here.
func scopeAttributes(s instrumentation.Scope) attribute.Set {
	if scopeAttributesIndex == nil {
		return attribute.Set{}
	}
	return reflect.ValueOf(s).FieldByIndex(scopeAttributesIndex).Interface().(attribute.Set)
}
