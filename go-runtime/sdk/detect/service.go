// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"crypto/rand"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
)

// service gives this instance an id, of this start: a random UUID, version 4.
//
// https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
func service(system) []attribute.KeyValue {
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return []attribute.KeyValue{attribute.String("service.instance.id", fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]))}
}
