// SPDX-License-Identifier: Apache-2.0

// Package nats has a program that publishes and consumes with nats.go, by a server
// of its own.
package nats

import (
	"regexp"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

// inbox is a subject that a client makes up.
var inbox = regexp.MustCompile(`_INBOX[.0-9A-Za-z]+`)

func TestNats(t *testing.T) {
	server := build(t, "testdata/server", "github.com/nats-io/nats-server/v2@v2.15.2").Plain(t)
	libtest.EachVersion(t, "github.com/nats-io/nats.go", func(t *testing.T, version string, requires []string) {
		program := build(t, "testdata/shop", requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		port := servers.FreePort(t)
		servers.Start(t, port, nil, server, port, t.TempDir(), secret)
		env, names := []string{"PORT=" + port}, []string{":" + port, ":PORT", "port=" + port, "port=PORT"}
		want := libtest.Run(t, plain, env)
		got, exported := libtest.RunWoven(t, woven, append(env, "OTEL_METRICS_EXPORTER=otlp"))
		if want != got {
			t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
		}
		if !strings.Contains(want, "\ndone\n") {
			t.Errorf("the program says:\n%s", want)
		}
		if exported.Holds(secret) {
			t.Error("a secret was exported")
		}
		libtest.RunRace(t, program, want, env, libtest.AsIs)
		libtest.Golden(t, "spans.txt", inbox.ReplaceAllString(exported.Text(names...), "_INBOX"))
		libtest.Golden(t, "metrics.txt", exported.MetricsText("otel.runtime/messaging", names...))
	})
}

func build(t *testing.T, folder string, requires ...string) *libtest.Program {
	t.Helper()
	program := libtest.NewProgram(t, folder, requires...)
	program.Complete(t, requires...)
	return program
}
