// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"sync"
	"sync/atomic"
)

// prefixSize is the length of gRPC's message prefix: one byte that says whether
// the message is compressed, four for its length. A frame always starts with
// one, and http/protobuf sends what follows it.
const prefixSize = 5

// keptMemory bounds the buffers that stay between exports, so that one huge
// batch doesn't hold its memory for the life of the program.
const keptMemory = 1 << 20

// frame is one request, encoded once and read by each attempt to send it.
type frame struct {
	bytes   []byte
	gzipped bool
	readers atomic.Int32 // bodies that the transport may still read
}

func (f *frame) payload() []byte { return f.bytes[prefixSize:] }

// seal fills the prefix in.
func (f *frame) seal(gzipped bool) {
	f.gzipped = gzipped
	f.bytes[0] = 0
	if gzipped {
		f.bytes[0] = 1
	}
	binary.BigEndian.PutUint32(f.bytes[1:], uint32(len(f.payload())))
}

// reuse empties the frame for the next request. A transport may go on reading a
// request's body after it has answered; then the memory is left to it.
func (f *frame) reuse() *frame {
	if f == nil || f.readers.Load() != 0 || cap(f.bytes) > keptMemory {
		f = &frame{}
	}
	f.bytes = append(f.bytes[:0], make([]byte, prefixSize)...)
	return f
}

// body reads part of a frame's bytes. After Close it doesn't touch them.
type body struct {
	mu     sync.Mutex
	rest   bytes.Reader
	frame  *frame
	closed bool
}

func newBody(f *frame, part []byte) *body {
	b := &body{frame: f}
	b.rest.Reset(part)
	f.readers.Add(1)
	return b
}

func (b *body) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, io.ErrClosedPipe
	}
	return b.rest.Read(p)
}

func (b *body) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		b.frame.readers.Add(-1)
	}
	return nil
}

// squeezer compresses frames and keeps its tables, which take most of the time
// to make.
type squeezer struct {
	gz  *gzip.Writer
	out bytes.Buffer
}

func (s *squeezer) squeeze(into *frame, plain []byte) {
	s.out.Reset()
	if s.gz == nil {
		s.gz, _ = gzip.NewWriterLevel(&s.out, gzip.BestSpeed)
	} else {
		s.gz.Reset(&s.out)
	}
	s.gz.Write(plain) // a bytes.Buffer takes everything
	s.gz.Close()
	into.bytes = append(into.bytes, s.out.Bytes()...)
	if s.out.Cap() > keptMemory {
		s.out = bytes.Buffer{}
	}
}
