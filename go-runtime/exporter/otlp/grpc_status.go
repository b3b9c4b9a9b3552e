// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"otel.runtime/exporter/otlp/wire"
)

// The gRPC status codes that are told apart here.
const (
	codeOK                = 0
	codeCancelled         = 1
	codeDeadlineExceeded  = 4
	codeResourceExhausted = 8
	codeAborted           = 10
	codeOutOfRange        = 11
	codeUnimplemented     = 12
	codeUnavailable       = 14
	codeDataLoss          = 15
)

// codeNames is indexed by code.
var codeNames = []string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
	"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
	"INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
}

// grpcStatus is how a call ended.
type grpcStatus struct {
	code    int
	message string
	retry   bool // the details hold a RetryInfo
	after   time.Duration
}

// grpcStatusOf reads the status from the trailers, or from the headers of a
// response that has nothing else. Call it when the body is read to its end.
func grpcStatusOf(r *http.Response) (grpcStatus, bool) {
	from := r.Trailer
	if from.Get("Grpc-Status") == "" {
		from = r.Header
	}
	code, err := strconv.ParseUint(from.Get("Grpc-Status"), 10, 16)
	if err != nil {
		return grpcStatus{}, false
	}
	s := grpcStatus{code: int(code), message: from.Get("Grpc-Message")}
	// Percent encoding that is broken is shown as it came.
	if text, err := url.PathUnescape(s.message); err == nil {
		s.message = text
	}
	if details := from.Get("Grpc-Status-Details-Bin"); details != "" {
		s.after, s.retry = readRetryInfo(details)
	}
	return s, true
}

// refusal applies the OTLP specification's table of retryable codes.
func (s grpcStatus) refusal() *refusal {
	r := &refusal{reason: s.text(), after: s.after}
	switch s.code {
	case codeUnimplemented:
		r.untaken = true
	case codeCancelled, codeDeadlineExceeded, codeAborted, codeOutOfRange, codeUnavailable, codeDataLoss:
		r.retryable = true
	case codeResourceExhausted: // without RetryInfo the collector can't take it at all
		r.retryable = s.retry
	}
	return r
}

func (s grpcStatus) text() string {
	name := strconv.Itoa(s.code)
	if s.code < len(codeNames) {
		name = codeNames[s.code]
	}
	if s.message == "" {
		return name
	}
	return name + ": " + oneLine(s.message)
}

// statusFromHTTP is for an answer without a gRPC status, from a proxy for
// instance; gRPC prescribes what its HTTP status means.
func statusFromHTTP(r *http.Response) *refusal {
	reason := fmt.Sprintf("HTTP %d without a gRPC status", r.StatusCode)
	switch r.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return &refusal{reason: reason, retryable: true}
	}
	return &refusal{reason: reason}
}

// readRetryInfo looks for a google.rpc.RetryInfo in a base64-coded
// google.rpc.Status. The padding is optional on the wire.
func readRetryInfo(details string) (time.Duration, bool) {
	status, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(details, "="))
	if err != nil {
		return 0, false
	}
	for r := wire.NewReader(status); r.Next(); {
		if r.Field() != 3 { // details, each an Any
			continue
		}
		var kind string
		var value []byte
		for any := wire.NewReader(r.Bytes()); any.Next(); {
			switch any.Field() {
			case 1:
				kind = any.Text()
			case 2:
				value = any.Bytes()
			}
		}
		if strings.HasSuffix(kind, "/google.rpc.RetryInfo") {
			return readRetryDelay(value), true
		}
	}
	return 0, false
}

// readRetryDelay reads RetryInfo.retry_delay, a Duration.
func readRetryDelay(info []byte) time.Duration {
	var seconds, nanos uint64
	for r := wire.NewReader(info); r.Next(); {
		if r.Field() != 1 {
			continue
		}
		for d := wire.NewReader(r.Bytes()); d.Next(); {
			switch d.Field() {
			case 1:
				seconds = d.Uint()
			case 2:
				nanos = d.Uint()
			}
		}
	}
	const most = 24 * 60 * 60 // longer than any export waits, and far from overflow
	if int64(seconds) < 0 || int64(nanos) < 0 || nanos > 1e9 {
		return 0
	}
	if seconds > most {
		seconds = most
	}
	return time.Duration(seconds)*time.Second + time.Duration(nanos)
}
