// SPDX-License-Identifier: Apache-2.0

// Package hertz has a program that serves and asks with Hertz.
package hertz

import (
	"strings"
	"testing"

	"libraries/libtest"
)

func TestHertz(t *testing.T) {
	t.Setenv("OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS", "X-Wish")
	t.Setenv("OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS", "X-Answer")
	libtest.EachVersion(t, "github.com/cloudwego/hertz", func(t *testing.T, _ string, requires []string) {
		_, exported := libtest.CompareBuilds(t, "shop", requires)
		if exported.Holds("###") { // what the program overwrites
			t.Error("what is told of a request was read from memory that is used again")
		}
		libtest.Golden(t, "metrics.txt", libtest.WithoutPorts(exported.MetricsText("otel.runtime/hertz")))
	})
}

// A request has one span at each end where the program uses obs-opentelemetry: its
// own.
func TestObsOpenTelemetry(t *testing.T) {
	if !libtest.Full() {
		return
	}
	requires := append(libtest.Promised(t, "github.com/cloudwego/hertz"), "github.com/hertz-contrib/obs-opentelemetry/tracing@v0.4.1", "go.opentelemetry.io/otel/sdk@v1.47.0")
	p := libtest.NewProgram(t, "testdata/obs", requires...)
	p.Complete(t, requires...)
	env := []string{"OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none"}
	want, got := libtest.Run(t, p.Plain(t), env), libtest.Run(t, p.Woven(t), env)
	if want != got {
		t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
	}
	if !strings.Contains(want, "server \"") || !strings.Contains(want, "client \"") {
		t.Errorf("the program says:\n%s", want)
	}
	libtest.RunRace(t, p, want, env, libtest.AsIs)
}
