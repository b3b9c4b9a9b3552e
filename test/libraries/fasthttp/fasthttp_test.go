// SPDX-License-Identifier: Apache-2.0

// Package fasthttp has a program that serves and asks with fasthttp.
package fasthttp

import (
	"testing"

	"libraries/libtest"
)

func TestFasthttp(t *testing.T) {
	t.Setenv("OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS", "X-Wish")
	t.Setenv("OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_RESPONSE_HEADERS", "X-Answer")
	libtest.EachVersion(t, "github.com/valyala/fasthttp", func(t *testing.T, _ string, requires []string) {
		_, exported := libtest.CompareBuilds(t, "shop", requires)
		if exported.Holds("###") { // what the program overwrites
			t.Error("what is told of a request was read from memory that is used again")
		}
		libtest.Golden(t, "metrics.txt", libtest.WithoutPorts(exported.MetricsText("otel.runtime/fasthttp")))
	})
}
