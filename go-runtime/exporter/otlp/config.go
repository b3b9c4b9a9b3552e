// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"otel.runtime/internal/setting"
	"otel.runtime/internal/trouble"
)

// Protocol is an OTLP transport by its name in OTEL_EXPORTER_OTLP_PROTOCOL.
type Protocol string

const (
	GRPC         Protocol = "grpc"
	HTTPProtobuf Protocol = "http/protobuf"
	HTTPJSON     Protocol = "http/json"
)

const defaultTimeout = 10 * time.Second

// Config says where and how one signal is delivered. The zero value of every
// field but Signal and URL is usable.
type Config struct {
	Signal   Signal
	Protocol Protocol
	URL      *url.URL      // http or https; the path matters for http/protobuf only
	Socket   string        // path of the Unix socket that is dialled; empty: the URL's host
	Headers  http.Header   // sent with each request, as metadata for gRPC
	Gzip     bool          // compress requests
	Timeout  time.Duration // for one batch with all its attempts; 0: only the caller's context bounds it
	TLS      *tls.Config   // nil: the system's certificate authorities
	// For metrics: OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION.
	ExponentialHistograms bool

	Log io.Writer // where trouble is reported; nil: where the support module reports it
}

// target is where it goes, for messages: never with a user or a path.
func (c Config) target() string {
	if c.Socket != "" {
		return fmt.Sprintf("%s unix://%s", c.Protocol, c.Socket)
	}
	return fmt.Sprintf("%s %s://%s", c.Protocol, c.URL.Scheme, c.URL.Host)
}

// ConfigFromEnv reads the OTEL_EXPORTER_OTLP_* variables through getenv. Where
// the signal's own is set (OTEL_EXPORTER_OTLP_TRACES_*), it wins over the general one. What can't be
// used is told, one sentence each, and its default taken.
//
// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
func ConfigFromEnv(signal Signal, getenv func(string) string, report func(string)) Config {
	e := environment{signal: signal, getenv: getenv, report: report}
	c := Config{
		Signal:  signal,
		Gzip:    e.gzip(),
		Timeout: e.timeout(),
		Headers: e.headers(),
		TLS:     e.tls(),
	}
	if signal == Metrics {
		c.ExponentialHistograms = e.exponentialHistograms()
	}
	c.Protocol, c.URL, c.Socket = e.destination()
	return c
}

// environment reads settings and reports what is wrong with them.
type environment struct {
	signal Signal
	getenv func(string) string
	report func(string)
}

// lookup returns the value of a setting and the variable that it came from.
func (e environment) lookup(setting string) (value, variable string) {
	for _, prefix := range []string{"OTEL_EXPORTER_OTLP_" + e.signal.name + "_", "OTEL_EXPORTER_OTLP_"} {
		if v := strings.TrimSpace(e.getenv(prefix + setting)); v != "" {
			return v, prefix + setting
		}
	}
	return "", ""
}

func (e environment) wrong(variable, value, taken string) {
	e.report(fmt.Sprintf("%s: %s; %s", variable, value, taken))
}

func (e environment) gzip() bool {
	switch v, variable := e.lookup("COMPRESSION"); strings.ToLower(v) {
	case "", "none":
		return false
	case "gzip":
		return true
	default:
		e.wrong(variable, fmt.Sprintf("unknown compression %s", setting.Quote(v)), "known are gzip and none, none is used")
		return false
	}
}

func (e environment) exponentialHistograms() bool {
	const variable = "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION"
	switch v := strings.ToLower(strings.TrimSpace(e.getenv(variable))); v {
	case "", "explicit_bucket_histogram":
		return false
	case "base2_exponential_bucket_histogram":
		return true
	default:
		e.wrong(variable, fmt.Sprintf("unknown aggregation %s", setting.Quote(v)),
			"known are explicit_bucket_histogram and base2_exponential_bucket_histogram, the first is used")
		return false
	}
}

func (e environment) timeout() time.Duration {
	v, variable := e.lookup("TIMEOUT")
	if v == "" {
		return defaultTimeout
	}
	ms, err := strconv.ParseInt(v, 10, 32)
	if err != nil || ms < 0 {
		e.wrong(variable, fmt.Sprintf("%s is not a number of milliseconds", setting.Quote(v)), "10000 is used")
		return defaultTimeout
	}
	return time.Duration(ms) * time.Millisecond
}

// headers reads key=value pairs in the manner of W3C baggage.
func (e environment) headers() http.Header {
	list, variable := e.lookup("HEADERS")
	headers := http.Header{}
	for i, pair := range strings.Split(list, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		key, value, found := strings.Cut(pair, "=")
		key = strings.TrimSpace(key)
		value, err := url.PathUnescape(strings.TrimSpace(value))
		if !found || err != nil || !isHeaderName(key) || !isHeaderValue(value) {
			// Any part of it may be a secret, so it isn't quoted.
			e.wrong(variable, fmt.Sprintf("entry %d is not a header of the form key=value", i+1), "it is ignored")
			continue
		}
		if isReserved(key) {
			e.wrong(variable, fmt.Sprintf("%s belongs to the protocol", setting.Quote(key)), "it is ignored")
			continue
		}
		headers.Set(key, value)
		trouble.Hide(value)
	}
	return headers
}

// isReserved names the headers that say how the message is framed.
func isReserved(key string) bool {
	key = strings.ToLower(key)
	switch key {
	case "content-type", "content-length", "content-encoding", "transfer-encoding", "te", "connection", "upgrade":
		return true
	}
	return strings.HasPrefix(key, "grpc-")
}

// isHeaderName follows RFC 9110's token.
func isHeaderName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && !(c >= '0' && c <= '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}

func isHeaderValue(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}
