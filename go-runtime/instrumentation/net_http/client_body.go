// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"io"
	"sync/atomic"

	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/httpconv"
)

// body is a response body that ends its span at the first of end of file, an
// error and Close, which may come on two goroutines.
type body struct {
	io.ReadCloser
	span  trace.Span
	ended atomic.Bool
}

// writerToBody is a body whose original has WriteTo.
type writerToBody struct{ *body }

func endWithBody(original io.ReadCloser, span trace.Span) io.ReadCloser {
	b := &body{ReadCloser: original, span: span}
	if _, ok := original.(io.WriterTo); ok {
		return writerToBody{b}
	}
	return b
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.end(err)
	}
	return n, err
}

func (b *body) Close() error {
	err := b.ReadCloser.Close()
	b.end(nil)
	return err
}

// WriteTo's error may be the writer's, so it isn't the span's.
func (b writerToBody) WriteTo(w io.Writer) (int64, error) {
	n, err := b.ReadCloser.(io.WriterTo).WriteTo(w)
	b.end(nil)
	return n, err
}

func (b *body) end(err error) {
	if !b.ended.CompareAndSwap(false, true) {
		return
	}
	if err != nil && err != io.EOF {
		httpconv.Fail(b.span, err)
	}
	b.span.End()
}
