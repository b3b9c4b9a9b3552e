// SPDX-License-Identifier: Apache-2.0

package web

import (
	"testing"

	"libraries/libtest"
)

// The program calls a server of its own, with interceptors of its own on both
// sides: unary and streams, each kind of end, some at once.
func TestGRPC(t *testing.T) {
	libtest.EachVersion(t, "google.golang.org/grpc", func(t *testing.T, version string, requires []string) {
		exported := compareBuilds(t, "grpc", requires)
		text := exported.MetricsText("otel.runtime/grpc")
		libtest.Golden(t, "grpc/"+version+".metrics", ports.ReplaceAllString(text, "${1}PORT"))
	})
}
