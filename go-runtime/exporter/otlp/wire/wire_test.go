// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"testing"
)

// A message of any size reads back whatever length its writer expected.
func TestOpenCloseAnyLength(t *testing.T) {
	for _, size := range []int{0, 1, 126, 127, 128, 129, 16383, 16384, 70000} {
		for reserved := 0; reserved <= 4; reserved++ {
			content := bytes.Repeat([]byte{'x'}, size)
			b, m := Open([]byte("\x08\x07"), 3, reserved)
			b = Close(append(b, content...), m)
			b = AppendUint(b, 4, 9)
			var got []byte
			var first, last uint64
			r := NewReader(b)
			for r.Next() {
				switch r.Field() {
				case 1:
					first = r.Uint()
				case 3:
					got = r.Bytes()
				case 4:
					last = r.Uint()
				}
			}
			if r.Err() != nil || first != 7 || last != 9 || !bytes.Equal(got, content) {
				t.Errorf("size %d reserved %d: first %d last %d, %d bytes, %v", size, reserved, first, last, len(got), r.Err())
			}
		}
	}
}

func TestScalars(t *testing.T) {
	b := AppendUint(nil, 1, 1<<63)
	b = AppendFixed64(b, 2, 5)
	b = AppendFixed32(b, 3, 6)
	b = AppendString(b, 4, "a\xffb")
	b = AppendPresentString(b, 5, "")
	b = AppendBytes(b, 6, []byte{0})
	for _, nothing := range [][]byte{AppendUint(nil, 1, 0), AppendFixed64(nil, 1, 0), AppendFixed32(nil, 1, 0), AppendString(nil, 1, ""), AppendBytes(nil, 1, nil)} {
		if len(nothing) != 0 {
			t.Errorf("a zero was written as %x", nothing)
		}
	}
	seen := 0
	r := NewReader(b)
	for r.Next() {
		seen++
		switch r.Field() {
		case 1:
			if r.Uint() != 1<<63 {
				t.Error("varint")
			}
		case 2:
			if r.Fixed64() != 5 {
				t.Error("fixed64")
			}
		case 3:
			if r.Fixed32() != 6 {
				t.Error("fixed32")
			}
		case 4:
			if s := r.Text(); s != "a\uFFFDb" {
				t.Errorf("string %q", s)
			}
		case 5:
			if r.Text() != "" {
				t.Error("empty string")
			}
		case 6:
			if !bytes.Equal(r.Bytes(), []byte{0}) {
				t.Error("bytes")
			}
		}
	}
	if r.Err() != nil || seen != 6 {
		t.Errorf("%d fields, %v", seen, r.Err())
	}
}

func TestMalformed(t *testing.T) {
	for name, data := range map[string]string{
		"tag cut":          "\x80",
		"field zero":       "\x00\x01",
		"varint missing":   "\x08",
		"varint too long":  "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"fixed64 cut":      "\x09\x01\x02",
		"fixed32 cut":      "\x0d\x01\x02",
		"bytes cut":        "\x0a\x05ab",
		"length past 2^63": "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"group":            "\x0b",
		"wrong kind":       "\x08\x01",
		"not UTF-8":        "\x0a\x01\xff",
	} {
		r := NewReader([]byte(data))
		for r.Next() {
			_ = r.Text()
		}
		if r.Err() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("\x08\x07\x0a\x01x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(data)
		total := 0
		for r.Next() {
			if r.kind == Bytes {
				total += len(r.Bytes())
			}
		}
		if total > len(data) {
			t.Fatalf("%d bytes out of %d", total, len(data))
		}
	})
}
