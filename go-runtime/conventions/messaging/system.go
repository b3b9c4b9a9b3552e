// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"strings"

	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/environ"
)

// System is a client library of a messaging system.
type System struct {
	*instrumentation.Library
	name string // messaging.system
}

// New is instrumentation.New for the hooks of a client of system: "kafka". To be
// called once, at start.
func New(system, scope string, names ...string) *System {
	return &System{instrumentation.New(scope, names...), system}
}

// Type is messaging.operation.type.
type Type string

const (
	create  Type = "create"
	send    Type = "send"
	receive Type = "receive"
	process Type = "process"
	settle  Type = "settle"
)

// Within reports whether this goroutine sends or settles for the library already:
// one function of its calls another.
func (s *System) Within() bool {
	return current.Underway(trace.SpanKindProducer, s.Name()) || current.Underway(trace.SpanKindClient, s.Name())
}

// set is what the environment says, of all systems.
var set = struct {
	process string // OTEL_GO_MESSAGING_PROCESS: "", "child" or "link"
	batched bool   // OTEL_GO_MESSAGING_CREATE_SPANS isn't "false"
}{word("OTEL_GO_MESSAGING_PROCESS"), word("OTEL_GO_MESSAGING_CREATE_SPANS") != "false"}

func word(variable string) string { return strings.ToLower(strings.TrimSpace(environ.Get(variable))) }
