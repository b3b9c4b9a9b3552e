// SPDX-License-Identifier: Apache-2.0

// Package httpconv is what the semantic conventions say of HTTP, for the hooks of
// whatever library receives or sends requests: names, spans, durations, routes,
// and what is ignored of all that. A request is data here, which a library's
// hooks fill in; nothing here knows net/http's types.
//
// These variables are read once, at start:
//
//	OTEL_GO_HTTP_SERVER_EXCLUDE, ..._INCLUDE     paths not to trace, or the only ones: /healthz,/debug/*
//	OTEL_GO_HTTP_CLIENT_EXCLUDE                  hosts, or hosts with paths, not to trace: *.internal,api.example/health*
//	OTEL_GO_HTTP_REDACT_QUERY                    keys of queries whose values aren't told; * for all
//	OTEL_GO_HTTP_TRUST_FORWARDED                 whether what proxies say is believed
//	OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS      in place of the standard ones
//	OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS, ..._RESPONSE_HEADERS
//	OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_REQUEST_HEADERS, ..._RESPONSE_HEADERS
//
// https://opentelemetry.io/docs/specs/semconv/http/
package httpconv
