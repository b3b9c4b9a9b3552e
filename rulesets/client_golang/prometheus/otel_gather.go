// SPDX-License-Identifier: Apache-2.0

// Added to package prometheus: what a registry has, for who can't import its types.

package prometheus

import (
	_ "unsafe" // for go:linkname

	"google.golang.org/protobuf/proto"
)

// otelGather is otelEncodeAll; a variable can be told from outside whether it is
// there.
//
//go:linkname otelGather
var otelGather func(gatherer interface{}, family func(encoded []byte)) error = otelEncodeAll

// otelEncodeAll passes on each metric family of a Gatherer or a
// TransactionalGatherer as an encoded io.prometheus.client.MetricFamily.
//
//go:linkname otelEncodeAll
//go:noinline
func otelEncodeAll(gatherer interface{}, family func(encoded []byte)) error {
	all, done, err := otelCollect(gatherer)
	if done != nil {
		defer done()
	}
	for _, of := range all {
		if encoded, failed := proto.Marshal(of); failed == nil {
			family(encoded)
		}
	}
	return err
}
