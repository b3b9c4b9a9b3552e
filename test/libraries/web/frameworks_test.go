// SPDX-License-Identifier: Apache-2.0

package web

import (
	"path/filepath"
	"testing"
)

// A framework's program serves, asks itself, and prints the answers: those of
// the woven program are the plain one's, and its spans are as in spans.txt.
func TestFrameworks(t *testing.T) {
	for name, module := range map[string]string{
		"gin":   "github.com/gin-gonic/gin",
		"echo4": "github.com/labstack/echo/v4",
		"echo5": "github.com/labstack/echo/v5",
		"mux":   "github.com/gorilla/mux",
	} {
		t.Run(name, func(t *testing.T) {
			eachVersion(t, module, func(t *testing.T, requirements []string) {
				p := newProgram(t, name, requirements...)
				plain := output(t, p.plain(t))
				out, spans := traced(t, p.woven(t))
				if out != plain {
					t.Errorf("the woven program's output differs:\n%s", difference(plain, out))
				}
				compare(t, render(spans), filepath.Join(name, "spans.txt"))
			})
		})
	}
}
