// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// errCut is reported when a field reaches past the end of its message.
var errCut = errors.New("message ends inside a field")

// Reader walks the fields of one message. Every value is checked against the
// message's bounds before it is handed out, so a field that nobody asks for is
// skipped safely. The first error ends the walk and stays:
//
//	for r := wire.NewReader(data); r.Next(); {
//		switch r.Field() { case 1: name = r.Text() }
//	}
//	return r.Err()
type Reader struct {
	rest  []byte
	field int
	kind  Kind
	num   uint64
	bytes []byte
	err   error
}

// NewReader reads the message that data holds. Byte fields alias data.
func NewReader(data []byte) *Reader { return &Reader{rest: data} }

// Next moves to the next field; false at the end or after an error.
func (r *Reader) Next() bool {
	if r.err != nil || len(r.rest) == 0 {
		return false
	}
	tag, ok := r.varint()
	if !ok {
		return false
	}
	if tag>>3 == 0 || tag>>3 > 1<<29-1 {
		return r.fail(fmt.Errorf("field number %d", tag>>3))
	}
	r.field, r.kind = int(tag>>3), Kind(tag&7)
	switch r.kind {
	case Varint:
		r.num, ok = r.varint()
		return ok
	case Fixed64:
		if len(r.rest) < 8 {
			return r.fail(errCut)
		}
		r.num, r.rest = binary.LittleEndian.Uint64(r.rest), r.rest[8:]
	case Fixed32:
		if len(r.rest) < 4 {
			return r.fail(errCut)
		}
		r.num, r.rest = uint64(binary.LittleEndian.Uint32(r.rest)), r.rest[4:]
	case Bytes:
		size, ok := r.varint()
		if !ok {
			return false
		}
		if size > uint64(len(r.rest)) {
			return r.fail(errCut)
		}
		r.bytes, r.rest = r.rest[:size:size], r.rest[size:]
	default:
		return r.fail(fmt.Errorf("field %d has wire type %d", r.field, r.kind))
	}
	return true
}

// Field is the number of the current field.
func (r *Reader) Field() int { return r.field }

// Kind is how the current field is laid out: a repeated number comes packed into
// bytes, or one by one.
func (r *Reader) Kind() Kind { return r.kind }

// Err is what ended the walk early, or nil.
func (r *Reader) Err() error { return r.err }

// Uint is the current varint.
func (r *Reader) Uint() uint64 { return r.number(Varint) }

// Fixed64 is the current fixed64.
func (r *Reader) Fixed64() uint64 { return r.number(Fixed64) }

// Fixed32 is the current fixed32.
func (r *Reader) Fixed32() uint32 { return uint32(r.number(Fixed32)) }

// Number is the current number, of whichever kind.
func (r *Reader) Number() uint64 { return r.num }

// Bytes is the content of the current length-delimited field.
func (r *Reader) Bytes() []byte {
	if !r.is(Bytes) {
		return nil
	}
	return r.bytes
}

// Text is Bytes as a string; anything but UTF-8 is an error, as protocol buffers
// demand of a string.
func (r *Reader) Text() string {
	b := r.Bytes()
	if !utf8.Valid(b) {
		r.fail(fmt.Errorf("field %d is not UTF-8", r.field))
		return ""
	}
	return string(b)
}

func (r *Reader) number(kind Kind) uint64 {
	if !r.is(kind) {
		return 0
	}
	return r.num
}

func (r *Reader) is(kind Kind) bool {
	if r.kind != kind {
		r.fail(fmt.Errorf("field %d has wire type %d, want %d", r.field, r.kind, kind))
		return false
	}
	return true
}

func (r *Reader) varint() (uint64, bool) {
	v, n := binary.Uvarint(r.rest)
	if n == 0 {
		return 0, r.fail(errCut)
	}
	if n < 0 {
		return 0, r.fail(errors.New("number of more than 64 bits"))
	}
	r.rest = r.rest[n:]
	return v, true
}

func (r *Reader) fail(err error) bool {
	if r.err == nil {
		r.err = err
	}
	return false
}
