// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// answerLimit bounds what is read of a response.
const answerLimit = 64 << 10

// grpcSender makes the signal's unary call Export, which is one HTTP/2
// request with a trailer.
type grpcSender struct {
	transport *transport
	url       string
	headers   http.Header
}

func newGRPCSender(c Config) *grpcSender {
	target := *c.URL
	target.Path, target.RawPath, target.RawQuery = c.Signal.call, "", ""
	headers := c.Headers.Clone()
	if headers == nil {
		headers = http.Header{}
	}
	headers.Set("Content-Type", "application/grpc")
	headers.Set("Te", "trailers")
	setUserAgent(headers)
	return &grpcSender{transport: newTransport(c), url: target.String(), headers: headers}
}

func (s *grpcSender) close() { s.transport.close() }

func (s *grpcSender) send(ctx context.Context, f *frame) (answer, error) {
	request, err := newRequest(ctx, s.url, s.headers, f, f.bytes)
	if err != nil {
		return answer{}, err
	}
	request.ContentLength = -1 // a gRPC message says its own length
	if deadline, ok := ctx.Deadline(); ok {
		request.Header.Set("Grpc-Timeout", grpcTimeout(time.Until(deadline)))
	}
	if f.gzipped {
		request.Header.Set("Grpc-Encoding", "gzip")
	}
	response, err := s.transport.RoundTrip(request)
	if err != nil {
		return answer{}, unanswered(ctx, err, s.transport.secure)
	}
	defer response.Body.Close()
	if response.ProtoMajor != 2 {
		return answer{}, &refusal{reason: "it doesn't speak HTTP/2; " + askHTTP}
	}
	message, err := io.ReadAll(io.LimitReader(response.Body, answerLimit+1))
	if err != nil {
		return answer{}, unanswered(ctx, err, s.transport.secure)
	}
	if len(message) > answerLimit {
		return answer{}, &refusal{reason: fmt.Sprintf("an answer of more than %d bytes", answerLimit)}
	}
	status, ok := grpcStatusOf(response)
	if !ok {
		return answer{}, statusFromHTTP(response)
	}
	if status.code != codeOK {
		return answer{}, status.refusal()
	}
	return readGRPCAnswer(message), nil
}

// readGRPCAnswer is lenient: the status already says that the call succeeded.
func readGRPCAnswer(message []byte) answer {
	if len(message) < prefixSize || message[0] != 0 {
		return answer{}
	}
	size := binary.BigEndian.Uint32(message[1:])
	payload := message[prefixSize:]
	if uint64(size) > uint64(len(payload)) {
		return answer{}
	}
	return readAnswer(payload[:size])
}

// grpcTimeout writes a duration in at most eight digits and a unit.
func grpcTimeout(d time.Duration) string {
	if d <= 0 {
		return "1n"
	}
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Nanosecond, "n"}, {time.Microsecond, "u"}, {time.Millisecond, "m"}, {time.Second, "S"}} {
		if n := int64(d / unit.size); n < 1e8 {
			return strconv.FormatInt(n, 10) + unit.name
		}
	}
	return strconv.FormatInt(int64(d/time.Hour), 10) + "H"
}
