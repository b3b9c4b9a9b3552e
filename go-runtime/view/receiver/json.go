// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"otel.runtime/exporter/otlp/wire"
)

// fromJSON turns a request in OTLP/JSON into protocol buffers, so that the same
// decoders read both. Fields that aren't known are passed over, as OTLP demands.
func fromJSON(request string, body []byte) ([]byte, error) {
	from := json.NewDecoder(bytes.NewReader(body))
	from.UseNumber()
	var value any
	if err := from.Decode(&value); err != nil {
		return nil, fmt.Errorf("no JSON: %w", err)
	}
	if _, err := from.Token(); err != io.EOF {
		return nil, errors.New("no JSON: there is more than one value")
	}
	return appendJSONMessage(nil, request, value, 0)
}

// deepestJSON leaves room for values as deep as decodeValue takes them.
const deepestJSON = 16 + 3*deepest

func appendJSONMessage(b []byte, message string, value any, depth int) ([]byte, error) {
	if depth > deepestJSON {
		return b, errors.New("a value that is nested too deeply")
	}
	object, ok := value.(map[string]any)
	if !ok {
		return b, errors.New("not an object")
	}
	for name, field := range messages[message] {
		value, present := object[name]
		if !present || value == nil {
			continue
		}
		values := []any{value}
		if field.repeated {
			if values, ok = value.([]any); !ok {
				return b, fmt.Errorf("%s: not an array", name)
			}
		}
		for _, one := range values {
			var err error
			if b, err = appendJSONField(b, field, one, depth); err != nil {
				return b, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return b, nil
}

func appendJSONField(b []byte, field jsonField, value any, depth int) ([]byte, error) {
	switch field.kind {
	case jsonMessage:
		content, err := appendJSONMessage(nil, field.message, value, depth+1)
		return appendPresentBytes(b, field.number, content), err
	case jsonText:
		text, ok := value.(string)
		if !ok {
			return b, errors.New("not a string")
		}
		return wire.AppendPresentString(b, field.number, text), nil
	case jsonHex, jsonBase64:
		content, err := jsonBytesOf(field.kind, value)
		return appendPresentBytes(b, field.number, content), err
	case jsonBool:
		v, ok := value.(bool)
		if !ok {
			return b, errors.New("not a boolean")
		}
		return appendVarint(b, field.number, map[bool]uint64{true: 1}[v]), nil
	case jsonDouble:
		v, err := jsonDoubleOf(value)
		return binary.LittleEndian.AppendUint64(wire.AppendTag(b, field.number, wire.Fixed64), math.Float64bits(v)), err
	}
	v, err := jsonIntegerOf(value)
	switch field.kind {
	case jsonFixed64:
		b = binary.LittleEndian.AppendUint64(wire.AppendTag(b, field.number, wire.Fixed64), v)
	case jsonFixed32:
		b = binary.LittleEndian.AppendUint32(wire.AppendTag(b, field.number, wire.Fixed32), uint32(v))
	case jsonZigzag:
		b = appendVarint(b, field.number, uint64(uint32(v)<<1^uint32(int32(v)>>31)))
	default:
		b = appendVarint(b, field.number, v)
	}
	return b, err
}

// Fields of a oneof must be there even if they are empty.
func appendPresentBytes(b []byte, field int, content []byte) []byte {
	b = binary.AppendUvarint(wire.AppendTag(b, field, wire.Bytes), uint64(len(content)))
	return append(b, content...)
}

func appendVarint(b []byte, field int, v uint64) []byte {
	return binary.AppendUvarint(wire.AppendTag(b, field, wire.Varint), v)
}

// Ids are hexadecimal, other bytes are base64.
func jsonBytesOf(kind jsonKind, value any) ([]byte, error) {
	text, ok := value.(string)
	if !ok {
		return nil, errors.New("not a string")
	}
	if kind == jsonHex {
		return hex.DecodeString(text)
	}
	return base64.StdEncoding.DecodeString(text)
}

// Integers may be numbers or, as 64 bits are, text. Negative ones keep their bits.
func jsonIntegerOf(value any) (uint64, error) {
	var text string
	switch v := value.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return 0, errors.New("not an integer")
	}
	if v, err := strconv.ParseInt(text, 10, 64); err == nil {
		return uint64(v), nil
	}
	if v, err := strconv.ParseUint(text, 10, 64); err == nil {
		return v, nil
	}
	// 1e3 and 5.0 are integers to JSON.
	if v, err := strconv.ParseFloat(text, 64); err == nil && v == math.Trunc(v) && math.Abs(v) < 1<<63 {
		return uint64(int64(v)), nil
	}
	return 0, fmt.Errorf("%q is not an integer", text)
}

// Besides numbers there are the texts NaN, Infinity and -Infinity.
func jsonDoubleOf(value any) (float64, error) {
	var text string
	switch v := value.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return 0, errors.New("not a number")
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	return v, nil
}
