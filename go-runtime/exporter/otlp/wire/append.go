// SPDX-License-Identifier: Apache-2.0

// Package wire reads and writes the protocol buffers wire format, as far as
// OTLP needs it: varints, fixed numbers and length-delimited fields. It knows
// no message; the encoder in package otlp and the decoder in package receiver
// do. Writing appends to a slice that the caller reuses.
package wire

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// Kind is how a field's value is laid out on the wire.
type Kind uint8

const (
	Varint  Kind = 0
	Fixed64 Kind = 1
	Bytes   Kind = 2
	Fixed32 Kind = 5
)

// AppendTag appends the key that precedes each value.
func AppendTag(b []byte, field int, kind Kind) []byte {
	return binary.AppendUvarint(b, uint64(field)<<3|uint64(kind))
}

// AppendUint appends a varint field, and nothing for zero, which is what an
// absent field means.
func AppendUint(b []byte, field int, v uint64) []byte {
	if v == 0 {
		return b
	}
	return binary.AppendUvarint(AppendTag(b, field, Varint), v)
}

// AppendFixed64 appends a fixed64 field, and nothing for zero.
func AppendFixed64(b []byte, field int, v uint64) []byte {
	if v == 0 {
		return b
	}
	return binary.LittleEndian.AppendUint64(AppendTag(b, field, Fixed64), v)
}

// AppendFixed32 appends a fixed32 field, and nothing for zero.
func AppendFixed32(b []byte, field int, v uint32) []byte {
	if v == 0 {
		return b
	}
	return binary.LittleEndian.AppendUint32(AppendTag(b, field, Fixed32), v)
}

// AppendBytes appends a bytes field, and nothing when it is empty.
func AppendBytes(b []byte, field int, v []byte) []byte {
	if len(v) == 0 {
		return b
	}
	b = binary.AppendUvarint(AppendTag(b, field, Bytes), uint64(len(v)))
	return append(b, v...)
}

// AppendString appends a string field, and nothing when it is empty.
func AppendString(b []byte, field int, v string) []byte {
	if v == "" {
		return b
	}
	return AppendPresentString(b, field, v)
}

// AppendPresentString appends a string field even when it is empty, as a member
// of a oneof needs. Bytes that aren't UTF-8 are replaced: a decoder rejects the
// whole request for one of them.
func AppendPresentString(b []byte, field int, v string) []byte {
	if !utf8.ValidString(v) {
		v = strings.ToValidUTF8(v, "\uFFFD")
	}
	b = binary.AppendUvarint(AppendTag(b, field, Bytes), uint64(len(v)))
	return append(b, v...)
}

// Mark remembers where the length of an open message goes.
type Mark struct {
	start    int // first byte after the room for the length
	reserved int
}

// Open begins a nested message whose length isn't known yet. Close must be
// called with the mark once its fields are appended. reserved is the number of
// bytes that the length is expected to take: 1 up to 127 bytes of content, 2 up
// to 16 KiB. A wrong guess costs one copy of the content, nothing else.
func Open(b []byte, field, reserved int) ([]byte, Mark) {
	b = AppendTag(b, field, Bytes)
	for i := 0; i < reserved; i++ {
		b = append(b, 0)
	}
	return b, Mark{start: len(b), reserved: reserved}
}

// Close writes the length of the message that Open began.
func Close(b []byte, m Mark) []byte {
	size := len(b) - m.start
	var length [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(length[:], uint64(size))
	at := m.start - m.reserved
	switch {
	case n > m.reserved:
		b = append(b, length[:n-m.reserved]...)
		copy(b[at+n:], b[m.start:m.start+size])
	case n < m.reserved:
		copy(b[at+n:], b[m.start:])
		b = b[:at+n+size]
	}
	copy(b[at:], length[:n])
	return b
}
