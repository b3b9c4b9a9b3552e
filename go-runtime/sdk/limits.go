// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"reflect"
	"unsafe"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"otel.runtime/sdk/config"
)

// limitReader gives a reader the limits that a configuration file has for its exporter.
// The option for it (WithCardinalityLimitSelector) is there from v1.43.0 of the SDK
// on, and this package compiles with older ones, so what it sets is set here.
func (s settings) limitReader(reader *sdkmetric.ManualReader, exporter string) {
	limits := s.limitsOf(exporter)
	if limits == nil && (s.file == nil || s.file.ViewLimit == nil) {
		return
	}
	if !setSelector(reader, limits, s.file.ViewLimit) {
		s.report("OTEL_CONFIG_FILE: cardinality limits need v1.43.0 of go.opentelemetry.io/otel/sdk/metric, or newer; they are ignored")
	}
}

// setSelector reports whether the reader takes limits. That of a view goes before
// those of the reader.
func setSelector(reader *sdkmetric.ManualReader, limits config.Limits, ofViews *config.ViewLimits) bool {
	// limit, and whether the provider's own is to be had instead
	selector := reflect.ValueOf(func(kind sdkmetric.InstrumentKind) (limit int, fallback bool) {
		if limit, said := ofViews.Take(); said {
			return limit, false
		}
		limit, said := limits.Of(kind)
		return limit, !said
	})
	field := reflect.ValueOf(reader).Elem().FieldByName("cardinalityLimitSelector")
	if !field.IsValid() || !selector.CanConvert(field.Type()) {
		return false
	}
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(selector.Convert(field.Type()))
	return true
}
