// SPDX-License-Identifier: Apache-2.0

package rpc

import (
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions"
	"otel.runtime/internal/exception"
)

// ByPanic is the status' message of a call or a handler that a panic has left.
const ByPanic = "ended by a panic"

// oldStatusCode is the key of conventions up to 1.37.0 for the number of a code.
const oldStatusCode = attribute.Key("rpc.grpc.status_code")

// Code is a status code of gRPC, which other systems have too.
type Code uint32

const (
	codeOK               Code = 0
	codeUnknown          Code = 2
	codeDeadlineExceeded Code = 4
	codeUnimplemented    Code = 12
	codeInternal         Code = 13
	codeUnavailable      Code = 14
	codeDataLoss         Code = 15
)

var codeNames = [...]string{"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
	"RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"}

// String is the name that gRPC gives it; a code of the program's own is its number.
func (c Code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return strconv.FormatUint(uint64(c), 10)
}

// failed reports whether the conventions see an error in the code: for a client,
// in each but OK; for a server, where it is the server's.
func (c Code) failed(server bool) bool {
	if !server {
		return c != codeOK
	}
	switch c {
	case codeUnknown, codeDeadlineExceeded, codeUnimplemented, codeInternal, codeUnavailable, codeDataLoss:
		return true
	}
	return false
}

// Ending is how a call ends: Failure is error.type, "" for a good end.
type Ending struct {
	Code    Code
	Failure string
}

// Ending is that of a call which ends with the code, for the side that asks.
func (c Code) Ending(server bool) Ending {
	if c.failed(server) {
		return Ending{c, c.String()}
	}
	return Ending{c, ""}
}

// Panicked is the end of a call or a handler that a panic has left: failure is the
// type of its value. gRPC has UNKNOWN for errors that nothing else is known of.
func Panicked(failure string) Ending { return Ending{codeUnknown, failure} }

// append adds the attributes of spans and metrics.
func (e Ending) append(to []attribute.KeyValue) []attribute.KeyValue {
	to = append(to, responseStatusCode.String(e.Code.String()))
	if e.Failure != "" {
		to = append(to, conventions.ErrorType.String(e.Failure))
	}
	return to
}

// Set gives a span the end's attributes and status.
func (e Ending) Set(span trace.Span, message string) {
	if !span.IsRecording() {
		return
	}
	var room [3]attribute.KeyValue
	to := e.append(room[:0])
	if Duplicated {
		to = append(to, oldStatusCode.Int64(int64(e.Code)))
	}
	span.SetAttributes(to...)
	if e.Failure != "" {
		span.SetStatus(codes.Error, exception.Message(message))
	}
}
