// SPDX-License-Identifier: Apache-2.0

// Added to package prometheus before v1.13.0: the gatherers behind a gatherer.

package prometheus

import (
	_ "unsafe" // for go:linkname

	dto "github.com/prometheus/client_model/go"
)

// otelParts is otelListParts.
//
//go:linkname otelParts
var otelParts func(gatherer interface{}) (parts []interface{}, known bool) = otelListParts

// otelListParts is what a gatherer passes on; known is false for one that is none.
// Gatherers are taken apart in otel.runtime/clientgolang.
//
//go:linkname otelListParts
//go:noinline
func otelListParts(gatherer interface{}) (parts []interface{}, known bool) {
	_, known = gatherer.(Gatherer)
	return nil, known
}

// otelCollect is what the gatherer has.
//
//go:linkname otelCollect
//go:noinline
func otelCollect(gatherer interface{}) (all []*dto.MetricFamily, done func(), err error) {
	if g, is := gatherer.(Gatherer); is {
		all, err = g.Gather()
	}
	return all, nil, err
}
