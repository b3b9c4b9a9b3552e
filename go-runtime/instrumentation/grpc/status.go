// SPDX-License-Identifier: Apache-2.0

package grpc

import (
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/internal/exception"
)

// code is a status code of gRPC.
type code uint32

const (
	codeOK               code = 0
	codeUnknown          code = 2
	codeDeadlineExceeded code = 4
	codeUnimplemented    code = 12
	codeInternal         code = 13
	codeUnavailable      code = 14
	codeDataLoss         code = 15
)

var codeNames = [...]string{"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
	"RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"}

// String is the name that gRPC gives it; a code of the program's own is its number.
func (c code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return strconv.FormatUint(uint64(c), 10)
}

// failed reports whether the conventions see an error in the code: for a client,
// in each but OK; for a server, where it is the server's.
func (c code) failed(server bool) bool {
	if !server {
		return c != codeOK
	}
	switch c {
	case codeUnknown, codeDeadlineExceeded, codeUnimplemented, codeInternal, codeUnavailable, codeDataLoss:
		return true
	}
	return false
}

// ending is how a call ends: failure is error.type, "" for a good end.
type ending struct {
	code    code
	failure string
}

func (c code) ending(server bool) ending {
	if c.failed(server) {
		return ending{c, c.String()}
	}
	return ending{c, ""}
}

// panicked is the end of a call or a handler that a panic has left. gRPC has
// UNKNOWN for errors that nothing else is known of.
func panicked(failure string) ending { return ending{codeUnknown, failure} }

// append adds the attributes of spans and metrics.
func (e ending) append(to []attribute.KeyValue) []attribute.KeyValue {
	to = append(to, rpcResponseStatusCode.String(e.code.String()))
	if e.failure != "" {
		to = append(to, errorType.String(e.failure))
	}
	return to
}

// set gives a span the end's attributes and status.
func (e ending) set(span trace.Span, message string) {
	if !span.IsRecording() {
		return
	}
	var room [3]attribute.KeyValue
	to := e.append(room[:0])
	if duplicated {
		to = append(to, oldStatusCode.Int64(int64(e.code)))
	}
	span.SetAttributes(to...)
	if e.failure != "" {
		span.SetStatus(codes.Error, exception.Message(message))
	}
}
