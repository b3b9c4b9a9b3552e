// SPDX-License-Identifier: Apache-2.0

// Added to package log: the span in which a line is written.

package log

import (
	"io"
	_ "unsafe" // for go:linkname
)

// otelSuffix, if set, is what a line to out is to end with; "" without a span.
//
//go:linkname otelSuffix
var otelSuffix func(out io.Writer) string

// otelOutput is line with the current span before its newline. Left as they
// are: lines of a logger that adds nothing of its own, which may be of any
// format; lines that end like JSON or a colour; and empty ones, and those with
// a trace_id.
//
//go:linkname otelOutput
//go:noinline
//go:norace
func otelOutput(l *Logger, prefix string, flag int, line []byte) []byte {
	if otelSuffix == nil || flag&^(Lmsgprefix|LUTC) == 0 && prefix == "" {
		return line
	}
	end := len(line)
	for end > 0 && line[end-1] == '\n' {
		end--
	}
	if end == 0 {
		return line
	}
	switch line[end-1] {
	case '}', ']', 'm':
		if line[end-1] != 'm' || otelEscape(line[:end]) {
			return line
		}
	}
	const key = "trace_id"
	for i := 0; i+len(key) <= end; i++ {
		if string(line[i:i+len(key)]) == key {
			return line
		}
	}
	suffix := otelSuffix(l.Writer())
	if suffix == "" {
		return line
	}
	newlines := len(line) - end
	line = append(line[:end], suffix...)
	for ; newlines > 0; newlines-- {
		line = append(line, '\n')
	}
	return line
}

// otelEscape reports whether a line ends with an escape sequence that sets a
// colour, ESC [ digits and semicolons m.
//
//go:linkname otelEscape
//go:noinline
func otelEscape(line []byte) bool {
	i := len(line) - 2
	for i > 0 && (line[i] >= '0' && line[i] <= '9' || line[i] == ';') {
		i--
	}
	return i > 0 && line[i] == '[' && line[i-1] == 0x1b
}
