// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"fmt"

	"otel.runtime/exporter/otlp/wire"
)

// decodeGrouped reads the request of any signal, as they are built alike: groups
// of one resource (field 1), in them groups of one scope (field 2), in them the
// items (field 2). one decodes an item.
func decodeGrouped[T any](request []byte, name string, one func(item []byte, resource Attributes, scope Scope) (T, error)) ([]T, error) {
	var all []T
	err := eachBytes(request, 1, func(ofResource []byte) error {
		var resource Attributes
		err := eachBytes(ofResource, 1, func(message []byte) (err error) {
			resource, err = decodeResource(message)
			return err
		})
		if err != nil {
			return fmt.Errorf("resource: %w", err)
		}
		return eachBytes(ofResource, 2, func(ofScope []byte) error {
			var scope Scope
			err := eachBytes(ofScope, 1, func(message []byte) (err error) {
				scope, err = decodeScope(message)
				return err
			})
			if err != nil {
				return fmt.Errorf("scope: %w", err)
			}
			return eachBytes(ofScope, 2, func(message []byte) error {
				item, err := one(message, resource, scope)
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				all = append(all, item)
				return nil
			})
		})
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// eachBytes calls do with the content of each field of that number.
func eachBytes(message []byte, field int, do func([]byte) error) error {
	r := wire.NewReader(message)
	for r.Next() {
		if r.Field() != field {
			continue
		}
		content := r.Bytes()
		if r.Err() != nil {
			break
		}
		if err := do(content); err != nil {
			return err
		}
	}
	return r.Err()
}
