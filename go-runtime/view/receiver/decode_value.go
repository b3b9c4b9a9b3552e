// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"errors"
	"math"

	"otel.runtime/exporter/otlp/wire"
)

// deepest bounds how far lists and maps are nested.
const deepest = 32

// add decodes a KeyValue.
func (a *Attributes) add(message []byte) error {
	kv, err := decodeKeyValue(message, 0)
	*a = append(*a, kv)
	return err
}

func decodeKeyValue(message []byte, depth int) (Attribute, error) {
	var kv Attribute
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			kv.Key = r.Text()
		case 2:
			var err error
			if kv.Value, err = decodeValue(r.Bytes(), depth); err != nil {
				return kv, err
			}
		}
	}
	return kv, r.Err()
}

// decodeValue reads an AnyValue; nil is one without a value.
func decodeValue(message []byte, depth int) (any, error) {
	if depth > deepest {
		return nil, errors.New("a value that is nested too deeply")
	}
	var value any
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 1:
			value = r.Text()
		case 2:
			value = r.Uint() != 0
		case 3:
			value = int64(r.Uint())
		case 4:
			value = math.Float64frombits(r.Fixed64())
		case 5:
			value, err = decodeList(r.Bytes(), depth+1)
		case 6:
			value, err = decodeMap(r.Bytes(), depth+1)
		case 7:
			value = append([]byte{}, r.Bytes()...)
		}
		if err != nil {
			return nil, err
		}
	}
	return value, r.Err()
}

func decodeList(message []byte, depth int) ([]any, error) {
	list := []any{}
	r := wire.NewReader(message)
	for r.Next() {
		if r.Field() != 1 {
			continue
		}
		v, err := decodeValue(r.Bytes(), depth)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, r.Err()
}

func decodeMap(message []byte, depth int) (Attributes, error) {
	entries := Attributes{}
	r := wire.NewReader(message)
	for r.Next() {
		if r.Field() != 1 {
			continue
		}
		kv, err := decodeKeyValue(r.Bytes(), depth)
		if err != nil {
			return nil, err
		}
		entries = append(entries, kv)
	}
	return entries, r.Err()
}
