// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// httpSender posts requests as http/protobuf or http/json.
type httpSender struct {
	transport *transport
	url       string
	headers   http.Header
}

func newHTTPSender(c Config) *httpSender {
	headers := c.Headers.Clone()
	if headers == nil {
		headers = http.Header{}
	}
	kind := "application/x-protobuf"
	if c.Protocol == HTTPJSON {
		kind = "application/json"
	}
	headers.Set("Content-Type", kind)
	setUserAgent(headers)
	return &httpSender{transport: newTransport(c), url: c.URL.String(), headers: headers}
}

func (s *httpSender) close() { s.transport.close() }

func (s *httpSender) send(ctx context.Context, f *frame) (answer, error) {
	response, err := s.post(ctx, f)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	// Reading to the end lets the connection serve the next batch.
	message, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	if response.StatusCode/100 == 2 {
		switch {
		case err != nil:
			return answer{}, nil
		case isProtobuf(response):
			return readAnswer(message), nil
		}
		return readJSONAnswer(message), nil
	}
	return answer{}, httpRefusal(response, message)
}

// mostRedirections is how many are followed for one request.
const mostRedirections = 5

// post follows the redirections that keep method and body. None leads from https
// to http, and another host gets no header that was configured: it may be a key.
func (s *httpSender) post(ctx context.Context, f *frame) (*http.Response, error) {
	to, headers := s.url, s.headers
	for hops := 0; ; hops++ {
		request, err := newRequest(ctx, to, headers, f, f.payload())
		if err != nil {
			return nil, err
		}
		if f.gzipped {
			request.Header.Set("Content-Encoding", "gzip")
		}
		response, err := s.transport.RoundTrip(request)
		if err != nil {
			return nil, unanswered(ctx, err, request.URL.Scheme == "https")
		}
		next, err := response.Location()
		if response.StatusCode != http.StatusTemporaryRedirect && response.StatusCode != http.StatusPermanentRedirect ||
			err != nil || hops == mostRedirections || next.Scheme != "https" && (next.Scheme != "http" || request.URL.Scheme == "https") {
			return response, nil
		}
		if next.Hostname() != request.URL.Hostname() {
			kept := http.Header{}
			for _, name := range []string{"Content-Type", "User-Agent"} {
				kept.Set(name, headers.Get(name))
			}
			headers = kept
		}
		response.Body.Close()
		to = next.String()
	}
}

func isProtobuf(r *http.Response) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-protobuf")
}

// httpRefusal applies the OTLP specification's table of retryable statuses.
func httpRefusal(response *http.Response, message []byte) *refusal {
	r := &refusal{reason: fmt.Sprintf("HTTP %d", response.StatusCode)}
	text := string(message)
	if isProtobuf(response) {
		text = readStatusMessage(message)
	} else if message, ok := readJSONStatus(message); ok {
		text = message
	}
	if text = oneLine(text); text != "" {
		r.reason += ": " + text
	}
	switch response.StatusCode {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		r.untaken = true
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		r.retryable = true
		r.after = retryAfter(response.Header.Get("Retry-After"), time.Now())
	}
	return r
}

// retryAfter understands both forms of the header: seconds and a date.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
