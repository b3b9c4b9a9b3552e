// SPDX-License-Identifier: Apache-2.0

package profile

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"sync"
)

// Executable is the program that runs.
type Executable struct {
	Path    string
	BuildID string // Go's; empty if it isn't found
}

// Program is this one.
var Program = sync.OnceValue(func() (of Executable) {
	path, err := os.Executable()
	if err != nil {
		return of
	}
	of.Path = path
	if file, err := os.Open(path); err == nil {
		defer file.Close()
		// Notes come soon after the headers, and so does the text in other formats.
		begin := make([]byte, 64<<10)
		n, _ := io.ReadFull(file, begin)
		of.BuildID = buildID(begin[:n])
	}
	return of
})

// buildID looks for ELF's note of Go's linker, or for what stands at the beginning of
// the text in other formats.
func buildID(begin []byte) string {
	const nameAndKind = "\x04\x00\x00\x00Go\x00\x00"
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		kind := []byte(nameAndKind)
		order.PutUint32(kind, 4)
		for at := 0; ; at++ {
			next := bytes.Index(begin[at:], kind)
			if next < 0 {
				break
			}
			at += next
			if at < 8 || order.Uint32(begin[at-8:]) != 4 {
				continue
			}
			if size := int64(order.Uint32(begin[at-4:])); size > 0 && int64(at+8)+size <= int64(len(begin)) {
				return string(begin[at+8 : int64(at+8)+size])
			}
		}
	}
	if _, rest, found := bytes.Cut(begin, []byte("\xff Go build ID: \"")); found {
		if id, _, found := bytes.Cut(rest, []byte("\"\n \xff")); found {
			return string(id)
		}
	}
	return ""
}
