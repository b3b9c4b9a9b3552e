// SPDX-License-Identifier: Apache-2.0

package web

import (
	"testing"
)

// The program calls a server of its own, with interceptors of its own on both
// sides: unary and streams, each kind of end, some at once.
func TestGRPC(t *testing.T) {
	eachVersion(t, "google.golang.org/grpc", func(t *testing.T, requirements []string) {
		p := newProgram(t, "grpc", requirements...)
		plain := output(t, p.plain(t))
		out, spans := traced(t, p.woven(t))
		if out != plain {
			t.Errorf("the woven program's output differs:\n%s", difference(plain, out))
		}
		compare(t, render(spans), "grpc/spans.txt")
	})
}
