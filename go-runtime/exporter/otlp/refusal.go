// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"crypto/tls"
	"errors"
	"strings"
	"syscall"
	"time"
)

// answer is what the collector said of a request that it took.
type answer struct {
	rejected int64  // items that it refused all the same
	message  string // its reason
}

// refusal is why one attempt didn't deliver.
type refusal struct {
	reason    string
	retryable bool
	untaken   bool          // there is no service for the signal
	offline   bool          // nobody answered: neither a success nor a refusal
	after     time.Duration // the collector asks for this pause
}

func (r *refusal) Error() string { return r.reason }

// unanswered turns a transport's error into a refusal. Whatever was no answer
// may be tried again, except where the peer is not who or what was expected.
// secure is whether the connection was to be TLS.
func unanswered(ctx context.Context, err error, secure bool) *refusal {
	if ctx.Err() != nil {
		return &refusal{reason: "no answer in time", offline: true}
	}
	r := &refusal{reason: err.Error(), retryable: true, offline: true}
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	if errors.As(err, &certificate) || errors.As(err, &record) {
		r.retryable = false
	}
	for _, known := range misdirected {
		if strings.Contains(r.reason, known.part) {
			r.reason += "; " + known.hint
			r.retryable = r.retryable && !known.certain
			return r
		}
	}
	if secure && (errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)) {
		r.reason += "; " + askCertificate
	}
	return r
}

// misdirected knows the settings behind errors that many meet and few
// recognise. A certain one isn't worth another attempt.
var misdirected = []struct {
	part, hint string
	certain    bool
}{
	{"server gave HTTP response to HTTPS client", askInsecure, true},
	{"first record does not look like a TLS handshake", askInsecure, true},
	{"looked like an HTTP/1.1 header", askHTTP, true},
	{"http2: client conn could not be established", askClosed, false},
	{"malformed HTTP response", askGRPC, true},
}

const (
	askInsecure    = "is the endpoint http:// or OTEL_EXPORTER_OTLP_INSECURE=true?"
	askHTTP        = "is it an http/protobuf port? see OTEL_EXPORTER_OTLP_PROTOCOL"
	askClosed      = "is it an http/protobuf port (see OTEL_EXPORTER_OTLP_PROTOCOL), or is a client certificate missing?"
	askCertificate = "is a client certificate missing? see OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"
	askGRPC        = "is it a gRPC port? see OTEL_EXPORTER_OTLP_PROTOCOL"
)
