// SPDX-License-Identifier: Apache-2.0

// Added to package prometheus: the gatherers behind a gatherer.

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
// Gatherers and MultiTRegistry are taken apart in otel.runtime/clientgolang: nothing
// else in the package asks for their types, and importers would see it.
//
//go:linkname otelListParts
//go:noinline
func otelListParts(gatherer interface{}) (parts []interface{}, known bool) {
	switch g := gatherer.(type) {
	case *noTransactionGatherer:
		return []interface{}{g.g}, true
	case Gatherer, TransactionalGatherer:
		return nil, true
	}
	return nil, false
}

// otelCollect is what the gatherer has, until done is called.
//
//go:linkname otelCollect
//go:noinline
func otelCollect(gatherer interface{}) (all []*dto.MetricFamily, done func(), err error) {
	switch g := gatherer.(type) {
	case Gatherer:
		all, err = g.Gather()
	case TransactionalGatherer:
		return g.Gather()
	}
	return all, nil, err
}
