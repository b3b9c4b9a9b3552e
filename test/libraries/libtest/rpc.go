// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"strings"
	"testing"
)

// httpOnly is what differs between releases of systems over HTTP: it is net/http's,
// and tested there.
var httpOnly = []string{"user_agent.original", "http.response.body.size", "http.request.body.size", "url.query", "url.full"}

// CompareRPC tests testdata/NAME, a program that calls a server of its own over HTTP,
// with each version of a module. Both outputs are the same. Its spans are as in
// spans.txt, as in alone.txt where net/http is switched off, so that the calls carry
// the context themselves, and none where the library is, whose name is off; its
// metrics are as in metrics.txt.
func CompareRPC(t *testing.T, name, module, off string) {
	EachVersion(t, module, func(t *testing.T, _ string, requires []string) {
		program := NewProgram(t, "testdata/"+name, requires...)
		want, woven, exported := program.compareOverHTTP(t, name, requires)
		RunRace(t, program, want, nil, AsIs)
		Golden(t, name+"/metrics.txt", WithoutPorts(exported.MetricsText("otel.runtime/"+off)))

		const disabled = "OTEL_GO_DISABLED_INSTRUMENTATIONS="
		if got, exported := RunWoven(t, woven, []string{disabled + off}); got != want || strings.Contains(exported.Text(), "rpc.system.name") {
			t.Errorf("switched off:\n%s", Difference(want, got))
		}
		_, exported = RunWoven(t, woven, []string{disabled + "net/http"})
		Golden(t, name+"/alone.txt", exported.Tree())
	})
}

// CompareOverHTTP tests the outputs and the spans of such a program, also with the
// race detector, and returns the output and the woven executable.
func CompareOverHTTP(t *testing.T, name string, requires []string) (want, woven string) {
	t.Helper()
	program := NewProgram(t, "testdata/"+name, requires...)
	want, woven, _ = program.compareOverHTTP(t, name, requires)
	RunRace(t, program, want, nil, AsIs)
	return want, woven
}

func (p *Program) compareOverHTTP(t *testing.T, name string, requires []string) (want, woven string, exported Exported) {
	t.Helper()
	p.Complete(t, requires...)
	want = Run(t, p.Plain(t), nil)
	woven = p.Woven(t)
	got, exported := RunWoven(t, woven, []string{"OTEL_METRICS_EXPORTER=otlp"})
	if want != got {
		t.Errorf("plain and woven differ:\n%s", Difference(want, got))
	}
	if exported.Holds("planted-secret-4711") {
		t.Error("a secret was exported")
	}
	Golden(t, name+"/spans.txt", exported.Tree(httpOnly...))
	return want, woven, exported
}
