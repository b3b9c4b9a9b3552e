// SPDX-License-Identifier: Apache-2.0

// Package fiber has a program that serves with fiber.
package fiber

import (
	"os"
	"strings"
	"testing"

	"libraries/libtest"
)

func TestFiber2(t *testing.T) { compare(t, "github.com/gofiber/fiber/v2", "v2") }

func TestFiber3(t *testing.T) { compare(t, "github.com/gofiber/fiber/v3", "v3") }

// compare tests the program with what is another for a release in testdata/MAJOR.
func compare(t *testing.T, module, major string) {
	libtest.EachVersion(t, module, func(t *testing.T, _ string, requires []string) {
		p := libtest.NewProgram(t, "testdata/shop", requires...)
		text, err := os.ReadFile("testdata/" + major + "/release.go")
		if err != nil {
			t.Fatal(err)
		}
		p.Write(t, "release.go", string(text))
		_, exported := libtest.Compare(t, p, major, requires)
		if exported.Holds("###") { // what the program overwrites
			t.Error("what is told of a request was read from memory that is used again")
		}
	})
}

// A request has one span where the program uses otelfiber: its own, with the global
// provider and with one that is passed.
func TestOtelfiber(t *testing.T) {
	if !libtest.Full() {
		return
	}
	requires := append(libtest.Promised(t, "github.com/gofiber/fiber/v2"), "github.com/gofiber/contrib/otelfiber/v2@v2.1.1", "go.opentelemetry.io/otel/sdk@v1.47.0")
	p := libtest.NewProgram(t, "testdata/otelfiber", requires...)
	p.Complete(t, requires...)
	env := []string{"OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none"}
	want, got := libtest.Run(t, p.Plain(t), env), libtest.Run(t, p.Woven(t), env)
	if want != got {
		t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
	}
	if !strings.Contains(want, `global: server "/users/:id" below 0102030405060708`) {
		t.Errorf("the program says:\n%s", want)
	}
	libtest.RunRace(t, p, want, env, libtest.AsIs)
}
