// SPDX-License-Identifier: Apache-2.0

// Package grpc has a program that calls a server of its own.
package grpc

import (
	"regexp"
	"testing"

	"libraries/libtest"
)

// The program calls a server of its own, with interceptors of its own on both
// sides: unary and streams, each kind of end, some at once.
func TestGRPC(t *testing.T) {
	libtest.EachVersion(t, "google.golang.org/grpc", func(t *testing.T, version string, requires []string) {
		woven, exported := libtest.CompareBuilds(t, "grpc", requires)
		libtest.Golden(t, "grpc/"+version+".metrics", libtest.WithoutPorts(exported.MetricsText("otel.runtime/grpc")))

		_, exported = libtest.RunWoven(t, woven, []string{"OTEL_METRICS_EXPORTER=otlp", libtest.OldRPC})
		text := exported.MetricsText("otel.runtime/grpc")
		// Whether a message is sent before a call is refused is a matter of time.
		text = refused.ReplaceAllString(text, "")
		libtest.Golden(t, "grpc/"+version+".old.metrics", libtest.WithoutPorts(text))
		for _, span := range exported.Spans {
			if span.Scope.Name != "otel.runtime/grpc" || span.Attributes.Get("rpc.system") == "grpc" && span.Attributes.Get("rpc.grpc.status_code") != nil &&
				(span.Name == "grpc" || span.Attributes.Get("rpc.service") != nil) {
				continue
			}
			t.Errorf("%s %s without the old names: %v", span.Kind, span.Name, span.Attributes)
		}
	})
}

// refused are the sizes of requests to a method that the server doesn't have, or to none.
var refused = regexp.MustCompile(`(?m)^rpc\.client\.request\.size By \| (rpc\.method=Nothing|rpc\.system=).*\n`)
