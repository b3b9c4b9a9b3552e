// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"unicode/utf8"

	"otel.runtime/exporter/otlp/wire"
)

// appendJSON appends the JSON form of an encoded message, as OTLP has it: names
// in lowerCamelCase, identifiers in hex, enumerations as numbers, 64-bit
// integers as text. So there is one encoder for both forms.
//
// https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
func appendJSON(b []byte, of *message, encoded []byte) []byte {
	b = append(b, '{')
	first := true
	name := func(f *field) {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, '"')
		b = append(b, f.name...)
		b = append(b, '"', ':')
	}
	for number := range of.fields {
		f := &of.fields[number]
		if f.name == "" {
			continue
		}
		open := false
		for r := wire.NewReader(encoded); r.Next(); {
			if r.Field() != number {
				continue
			}
			if !f.repeated {
				name(f)
				b = appendJSONValue(b, f, r)
				continue
			}
			if !open {
				open = true
				name(f)
				b = append(b, '[')
			} else {
				b = append(b, ',')
			}
			b = appendJSONValue(b, f, r)
		}
		if open {
			b = append(b, ']')
		}
	}
	return append(b, '}')
}

func appendJSONValue(b []byte, f *field, r *wire.Reader) []byte {
	switch f.kind {
	case aMessage:
		return appendJSON(b, f.of(), r.Bytes())
	case aText:
		return appendJSONText(b, r.Text())
	case anID:
		return append(hex.AppendEncode(append(b, '"'), r.Bytes()), '"')
	case aBlob:
		return append(base64.StdEncoding.AppendEncode(append(b, '"'), r.Bytes()), '"')
	case aBool:
		return strconv.AppendBool(b, r.Number() != 0)
	case aNumber: // of 32 bits, or an enumeration
		return strconv.AppendUint(b, uint64(uint32(r.Number())), 10)
	case aZigzag:
		n := r.Number()
		return strconv.AppendInt(b, int64(n>>1)^-int64(n&1), 10)
	case anInteger:
		return append(strconv.AppendInt(append(b, '"'), int64(r.Number()), 10), '"')
	case anUnsigned:
		return append(strconv.AppendUint(append(b, '"'), r.Number(), 10), '"')
	case aDouble:
		return appendJSONDouble(b, math.Float64frombits(r.Number()))
	case packedDoubles:
		return appendPackedJSON(b, r.Bytes(), func(b []byte, bits uint64) []byte { return appendJSONDouble(b, math.Float64frombits(bits)) })
	case packedUnsigned:
		return appendPackedJSON(b, r.Bytes(), appendJSONUnsigned)
	}
	return appendPackedVarints(b, r.Bytes())
}

func appendJSONUnsigned(b []byte, n uint64) []byte {
	return append(strconv.AppendUint(append(b, '"'), n, 10), '"')
}

// appendPackedJSON writes a list of fixed 64-bit values.
func appendPackedJSON(b, packed []byte, one func([]byte, uint64) []byte) []byte {
	b = append(b, '[')
	for i := 0; i+8 <= len(packed); i += 8 {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, binary.LittleEndian.Uint64(packed[i:]))
	}
	return append(b, ']')
}

func appendPackedVarints(b, packed []byte) []byte {
	b = append(b, '[')
	for i := 0; len(packed) > 0; i++ {
		n, size := binary.Uvarint(packed)
		if size <= 0 {
			break
		}
		if packed = packed[size:]; i > 0 {
			b = append(b, ',')
		}
		b = appendJSONUnsigned(b, n)
	}
	return append(b, ']')
}

// appendJSONDouble writes what JSON has no number for as protobuf does.
func appendJSONDouble(b []byte, v float64) []byte {
	switch {
	case math.IsNaN(v):
		return append(b, `"NaN"`...)
	case math.IsInf(v, 1):
		return append(b, `"Infinity"`...)
	case math.IsInf(v, -1):
		return append(b, `"-Infinity"`...)
	}
	return strconv.AppendFloat(b, v, 'g', -1, 64)
}

func appendJSONText(b []byte, text string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c < ' ':
			b = append(b, `\u00`...)
			b = append(b, digits[c>>4], digits[c&15])
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"')
}
