// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"bytes"
	"encoding/binary"
)

// element is one field of a BSON document.
type element struct {
	kind  byte
	name  string
	value []byte
}

// The kinds of elements that are looked into.
const (
	kindString   = 0x02
	kindDocument = 0x03
	kindArray    = 0x04
	kindInt32    = 0x10
)

// elements calls f for each element of a document until f returns false. What
// is no BSON ends it.
func elements(document []byte, f func(element) bool) {
	if len(document) < 5 {
		return
	}
	size := int(binary.LittleEndian.Uint32(document))
	if size < 5 || size > len(document) {
		return
	}
	rest := document[4 : size-1]
	for len(rest) > 0 {
		kind := rest[0]
		end := bytes.IndexByte(rest[1:], 0)
		if end < 0 {
			return
		}
		name := string(rest[1 : 1+end])
		rest = rest[2+end:]
		n := valueSize(kind, rest)
		if n < 0 || n > len(rest) {
			return
		}
		if !f(element{kind, name, rest[:n]}) {
			return
		}
		rest = rest[n:]
	}
}

// valueSize is how many bytes a value has that begins at b; -1 if that isn't
// known.
func valueSize(kind byte, b []byte) int {
	counted := func(more int) int {
		if len(b) < 4 {
			return -1
		}
		n := int(binary.LittleEndian.Uint32(b))
		if n < 0 || n > len(b) {
			return -1
		}
		return n + more
	}
	switch kind {
	case 0x01, 0x09, 0x11, 0x12: // double, date, timestamp, int64
		return 8
	case kindString, 0x0D, 0x0E: // and code, symbol
		return counted(4)
	case kindDocument, kindArray, 0x0F: // and code with scope
		return counted(0)
	case 0x05: // binary
		return counted(5)
	case 0x06, 0x0A, 0xFF, 0x7F: // undefined, null, the least and the greatest key
		return 0
	case 0x07: // object id
		return 12
	case 0x08: // bool
		return 1
	case 0x0B: // regular expression
		first := bytes.IndexByte(b, 0)
		if first < 0 {
			return -1
		}
		second := bytes.IndexByte(b[first+1:], 0)
		if second < 0 {
			return -1
		}
		return first + second + 2
	case 0x0C: // pointer
		return counted(16)
	case kindInt32:
		return 4
	case 0x13: // decimal128
		return 16
	}
	return -1
}

// text is the value of a string element.
func (e element) text() string {
	if e.kind != kindString || len(e.value) < 5 {
		return ""
	}
	return string(e.value[4 : len(e.value)-1])
}

// int32 is the value of such an element.
func (e element) int32() int32 {
	if e.kind != kindInt32 {
		return 0
	}
	return int32(binary.LittleEndian.Uint32(e.value))
}
