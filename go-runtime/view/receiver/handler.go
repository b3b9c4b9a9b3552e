// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"otel.runtime/exporter/otlp/wire"
)

// largest bounds a request, compressed or not.
const largest = 64 << 20

// The gRPC status codes in use.
const (
	codeOK                = 0
	codeInvalidArgument   = 3
	codeResourceExhausted = 8
	codeUnimplemented     = 12
)

func isGRPC(r *http.Request) bool {
	return r.ProtoMajor == 2 && strings.HasPrefix(r.Header.Get("Content-Type"), "application/grpc")
}

func serveGRPC(w http.ResponseWriter, r *http.Request, of signal) {
	if r.Method != http.MethodPost || !isGRPC(r) {
		http.Error(w, "this is a gRPC method", http.StatusUnsupportedMediaType)
		return
	}
	message, code, err := readGRPC(r)
	if err != nil {
		endCall(w, code, err.Error())
		return
	}
	if err := of.accept(message); err != nil {
		endCall(w, codeInvalidArgument, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/grpc")
	w.Header().Set("Trailer", "Grpc-Status")
	w.Write([]byte{0, 0, 0, 0, 0}) // an empty response, which means that all was taken
	w.Header().Set("Grpc-Status", strconv.Itoa(codeOK))
}

// readGRPC reads the one message of a unary call.
func readGRPC(r *http.Request) (message []byte, code int, err error) {
	var prefix [5]byte
	if _, err := io.ReadFull(r.Body, prefix[:]); err != nil {
		return nil, codeInvalidArgument, errors.New("no message")
	}
	size := binary.BigEndian.Uint32(prefix[1:])
	if size > largest {
		return nil, codeResourceExhausted, errTooLarge
	}
	// Memory grows with what arrives, not with what is announced.
	message, err = io.ReadAll(io.LimitReader(r.Body, int64(size)))
	if err != nil || len(message) != int(size) {
		return nil, codeInvalidArgument, errors.New("the message is cut short")
	}
	if n, _ := io.Copy(io.Discard, io.LimitReader(r.Body, 1)); n > 0 {
		return nil, codeInvalidArgument, errors.New("more than one message")
	}
	switch prefix[0] {
	case 0:
		return message, codeOK, nil
	case 1:
		if encoding := r.Header.Get("Grpc-Encoding"); encoding != "gzip" {
			return nil, codeUnimplemented, fmt.Errorf("unknown grpc-encoding %q", encoding)
		}
		message, err = unzip(strings.NewReader(string(message)))
		if errors.Is(err, errTooLarge) {
			return nil, codeResourceExhausted, err
		}
		return message, codeInvalidArgument, err
	}
	return nil, codeInvalidArgument, fmt.Errorf("a message flag of %d", prefix[0])
}

// endCall answers with nothing but a status.
func endCall(w http.ResponseWriter, code int, message string) {
	w.Header().Set("Content-Type", "application/grpc")
	w.Header().Set("Grpc-Status", strconv.Itoa(code))
	w.Header().Set("Grpc-Message", url.PathEscape(message))
}

// The encodings of OTLP over HTTP.
const (
	protobufType = "application/x-protobuf"
	jsonType     = "application/json"
)

func serveHTTP(w http.ResponseWriter, r *http.Request, of signal) {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, kind, http.StatusMethodNotAllowed, "only POST is served")
		return
	}
	if kind != protobufType && kind != jsonType {
		refuse(w, kind, http.StatusUnsupportedMediaType, "only "+protobufType+" and "+jsonType+" are served")
		return
	}
	message, err := readHTTP(r)
	if errors.Is(err, errTooLarge) {
		refuse(w, kind, http.StatusRequestEntityTooLarge, err.Error())
		return
	}
	if err == nil && kind == jsonType {
		message, err = fromJSON(of.request, message)
	}
	if err == nil {
		err = of.accept(message)
	}
	if err != nil {
		refuse(w, kind, http.StatusBadRequest, err.Error())
		return
	}
	w.Header().Set("Content-Type", kind)
	if kind == jsonType {
		io.WriteString(w, "{}")
	}
}

func readHTTP(r *http.Request) ([]byte, error) {
	switch encoding := r.Header.Get("Content-Encoding"); encoding {
	case "", "identity":
		return readBounded(r.Body)
	case "gzip":
		return unzip(r.Body)
	default:
		return nil, fmt.Errorf("unknown content-encoding %q", encoding)
	}
}

// refuse answers with a google.rpc.Status in the encoding of the request, as
// OTLP asks for.
func refuse(w http.ResponseWriter, kind string, status int, message string) {
	body := wire.AppendString(nil, 2, message)
	if kind == jsonType {
		body, _ = json.Marshal(struct { // text and nothing else always has a JSON
			Message string `json:"message"`
		}{message})
	} else {
		kind = protobufType
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(body)
}

var errTooLarge = fmt.Errorf("the request has more than %d bytes", largest)

func unzip(from io.Reader) ([]byte, error) {
	z, err := gzip.NewReader(from)
	if err != nil {
		return nil, err
	}
	return readBounded(z)
}

func readBounded(from io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(from, largest+1))
	if err == nil && len(b) > largest {
		return nil, errTooLarge
	}
	return b, err
}
