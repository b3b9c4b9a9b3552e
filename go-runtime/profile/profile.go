// SPDX-License-Identifier: Apache-2.0

// Package profile is what profiles are, between the package that records them and
// those that export them: see the packages beneath, and otel.runtime/exporter.
package profile

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/trace"
)

// Kind is what is profiled.
type Kind string

const (
	CPU       Kind = "cpu"
	Heap      Kind = "heap"
	Goroutine Kind = "goroutine"
	Mutex     Kind = "mutex"
	Block     Kind = "block"
)

// Kinds are all of them.
var Kinds = []Kind{CPU, Heap, Goroutine, Mutex, Block}

// ValueType says what a value of a sample is, in the words of pprof's profiles.
type ValueType struct{ Type, Unit string }

// Profile is what one kind of profile has recorded in one window of time. It
// doesn't change once it is exported.
type Profile struct {
	Kind       Kind
	Start, End time.Time
	Types      []ValueType // of each sample's values
	PeriodType ValueType
	Period     int64
	Frames     []Frame // that the samples refer to
	Samples    []Sample
	Lost       int64 // samples that the runtime had no room for
}

// Frame is a function at a line. One that is inlined has a frame of its own.
type Frame struct {
	Address        uint64
	Function, File string
	Line           int
}

// Sample is what was recorded with one stack, one span and one set of labels.
type Sample struct {
	Stack  []int32 // indices of Profile.Frames, the innermost first
	Values []int64
	Labels []Label // the program's own, of the goroutine

	Span Span // the zero value if none was current
}

// Label is one of runtime/pprof's.
type Label struct{ Key, Value string }

// Span is the span that ran, with what is known about it once it has ended.
type Span struct {
	Trace trace.TraceID
	ID    trace.SpanID
	Root  trace.SpanID // of the work (a request, a message) that it belongs to; its own if there is none
	Name  string       // of the span
	Work  string       // of the root
	Route string       // http.route of the root
}

// Exporter takes the profiles of a window.
type Exporter interface {
	ExportProfiles(ctx context.Context, window []*Profile) error
	Shutdown(ctx context.Context) error
}
