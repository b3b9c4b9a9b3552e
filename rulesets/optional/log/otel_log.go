// SPDX-License-Identifier: Apache-2.0

// Added to package log/internal, which only log and log/slog import: messages
// for otel.runtime/instrumentation/log, which sets the function variables by linkname.

package internal

import _ "unsafe" // for go:linkname

// otelWanted, if set, reports whether messages are to be exported; then
// otelEmit takes each.
//
//go:linkname otelWanted
var otelWanted func() bool

//go:linkname otelEmit
var otelEmit func(out any, unixNano int64, message string)

// otelSpan, if set, is what to append to a message: the ids of the current span,
// or nothing.
//
//go:linkname otelSpan
var otelSpan func() string

// OtelAppend is appendOutput(buf), where log formats a message. With a pc the message is one of log/slog's,
// which has seen to it.
//
//go:noinline
func OtelAppend(out any, pc uintptr, unixNano int64, buf []byte, appendOutput func([]byte) []byte) []byte {
	head := len(buf)
	buf = appendOutput(buf)
	if pc != 0 || len(buf) < head {
		return buf
	}
	if otelWanted != nil && otelWanted() {
		otelEmit(out, unixNano, string(buf[head:]))
	}
	if otelSpan != nil {
		if ids := otelSpan(); ids != "" {
			end := len(buf)
			if end > head && buf[end-1] == '\n' {
				end--
			}
			buf = append(append(buf[:end], ids...), '\n')
		}
	}
	return buf
}
