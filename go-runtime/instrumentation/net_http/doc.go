// SPDX-License-Identifier: Apache-2.0

// Package nethttp has the hooks of net/http: spans of servers and clients, and
// the trace context in their headers. rulesets/net_http says where each
// hook is called; hooks of web frameworks tell it their route with SetRoute.
//
// Nothing that the program sees changes: a handler gets the server's own
// ResponseWriter, a client's request and headers stay as the caller has them,
// and of a response only the Body is another, which has the methods io.WriterTo
// and io.ReadCloser of the original.
//
// These variables are read once, at start:
//
//	OTEL_GO_DISABLED_INSTRUMENTATIONS            names, such as net/http
//	OTEL_GO_HTTP_SERVER_EXCLUDE, ..._INCLUDE     paths not to trace, or the only ones: /healthz,/debug/*
//	OTEL_GO_HTTP_CLIENT_EXCLUDE                  hosts, or hosts with paths, not to trace: *.internal,api.example/health*
//	OTEL_GO_HTTP_REDACT_QUERY                    keys of queries whose values aren't told; * for all
//	OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS      in place of the standard ones
//	OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS, ..._RESPONSE_HEADERS
//	OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_REQUEST_HEADERS, ..._RESPONSE_HEADERS
package nethttp
