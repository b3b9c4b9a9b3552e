// SPDX-License-Identifier: Apache-2.0

// Package instrumentation is what the hooks of a library are known by. Each
// library's hooks are in the folder of its name below.
package instrumentation

import (
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions"
	"otel.runtime/current"
	"otel.runtime/internal/switches"
	"otel.runtime/telemetry/meter"
)

// Library is the identity of a library whose functions have hooks.
type Library struct {
	*current.Tracer             // of its spans
	Scope           meter.Scope // of its instruments
	Off             bool        // as the program's environment says
}

// New is the library of an instrumentation scope, which
// OTEL_GO_DISABLED_INSTRUMENTATIONS knows by any of the names. To be called once,
// at start.
func New(scope string, names ...string) *Library {
	return &Library{
		Tracer: current.NewTracer(scope, trace.WithSchemaURL(conventions.SchemaURL)),
		Scope:  meter.Scope{Name: scope, SchemaURL: conventions.SchemaURL},
		Off:    switches.Off(names...),
	}
}
