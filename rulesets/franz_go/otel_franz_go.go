// SPDX-License-Identifier: Apache-2.0

// Added to package kgo: tells otel.runtime/instrumentation/franz_go of records whose
// promises are about to be called.

package kgo

import (
	_ "unsafe" // for go:linkname
)

// otelPromised, if set, is told of such a record. The client has counted its bytes.
//
//go:linkname otelPromised
var otelPromised func(r *Record)

// otelPromise is the promise of a record.
//
//go:linkname otelPromise
//go:noinline
func otelPromise(pr promisedRec) func(*Record, error) {
	if f := otelPromised; f != nil {
		f(pr.Record)
	}
	return pr.promise
}
