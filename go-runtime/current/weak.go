// SPDX-License-Identifier: Apache-2.0

package current

import (
	"unsafe"
	"weak"

	"go.opentelemetry.io/otel/trace"
)

// weakSpan refers to a span without keeping it: one that the program has dropped
// without ending it is collected as in a plain build.
type weakSpan struct {
	methods unsafe.Pointer // first word of the trace.Span
	value   weak.Pointer[byte]
}

// words are those of an interface with methods.
type words struct{ methods, value unsafe.Pointer }

// newWeakSpan is for a span that is a pointer to memory of the heap.
func newWeakSpan(span trace.Span) weakSpan {
	w := (*words)(unsafe.Pointer(&span))
	return weakSpan{w.methods, weak.Make((*byte)(w.value))}
}

// get is the span, or nil if it was collected.
func (w weakSpan) get() (span trace.Span) {
	value := w.value.Value()
	if value == nil {
		return nil
	}
	*(*words)(unsafe.Pointer(&span)) = words{w.methods, unsafe.Pointer(value)}
	return span
}
