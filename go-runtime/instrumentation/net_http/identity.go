// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"reflect"
	_ "unsafe" // for go:linkname
)

// isHTTP is false for the schemes of (*http.Transport).RegisterProtocol: what
// is registered for them may be no HTTP at all, and if it sends a request by
// another transport, that is traced there.
func isHTTP(scheme string) bool { return scheme == "http" || scheme == "https" }

// callersRequest is called by the file that is added to net/http: the request
// that the caller of RoundTrip knows, which is the key for CancelRequest.
//
//go:linkname callersRequest net/http.otelCallersRequest
var callersRequest func(sent *http.Request) *http.Request

// dumped is called by the file that is added to net/http/httputil, with what
// DumpRequestOut sends to nowhere.
//
//go:linkname dumped net/http/httputil.otelDumped
var dumped func(r *http.Request) *http.Request

func init() { callersRequest, dumped = originalOf, asDumped }

func originalOf(sent *http.Request) *http.Request {
	if s, ok := sent.Context().(*sending); ok && sent == &s.sent {
		return s.original
	}
	return sent
}

// dumping is the context of a request that is printed, not sent.
type dumping struct{ context.Context }

func asDumped(r *http.Request) *http.Request { return r.WithContext(dumping{r.Context()}) }

// restoreRequest makes resp.Request what it is in a plain program: the
// caller's; or, where a registered protocol got a copy with another body, or
// golang.org/x/net/http2 has net/http send one with a context made of ours, that
// without our headers and context.
func (s *sending) restoreRequest(resp *http.Response) {
	r := resp.Request
	switch {
	case r == nil || r == s.original:
	case r == &s.sent:
		resp.Request = s.original
	case r.Context().Value(sendingKey{}) == any(s):
		r = r.WithContext(s.original.Context())
		if reflect.ValueOf(r.Header).UnsafePointer() == reflect.ValueOf(s.sent.Header).UnsafePointer() {
			r.Header = s.original.Header
		}
		resp.Request = r
	}
}
