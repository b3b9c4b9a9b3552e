// SPDX-License-Identifier: Apache-2.0

// Package record records profiles in windows of time, without package
// runtime/pprof: its samples of CPU time have the identifiers of the span that ran,
// which the woven runtime takes from the goroutine at the moment of the sample. A
// request does nothing for it. The program's own profiles go first: while it takes
// one of CPU time, there is none here.
package record

import (
	"unsafe"

	"otel.runtime/current"
)

// Defined in the woven package runtime (rulesets/runtime/otel_profile.go), which
// says what they do; nil where that isn't woven.
var (
	//go:linkname startCPU runtime.otelProfileStart
	startCPU func(hz int) bool

	//go:linkname stopCPU runtime.otelProfileStop
	stopCPU func()

	//go:linkname readCPU runtime.otelProfileRead
	readCPU func() (data []uint64, tags []unsafe.Pointer, eof bool)

	//go:linkname readRecords runtime.otelProfileRecords
	readRecords func(kind byte, to []runtimeRecord) int

	//go:linkname ticksPerSecond runtime.otelProfileTicks
	ticksPerSecond func() int64

	//go:linkname memoryRate runtime.otelProfileRate
	memoryRate func() int

	//go:linkname layout runtime.otelProfileLayout
	layout struct{ State, Beneath, Trace, Span, Work, Recording, Ours uintptr }

	//go:linkname counts runtime.otelProfileCounts
	counts []spanCount
)

// runtimeRecord is what the runtime knows of a place where memory was allocated, or
// where something was waited for.
type runtimeRecord = struct {
	Stack  []uintptr
	Values [4]int64
}

// Available reports whether the runtime is woven.
func Available() bool { return startCPU != nil }

// prepare tells the runtime what it reads, before the first profile of CPU time.
func prepare() {
	if counts != nil {
		return
	}
	layout.State, layout.Beneath, layout.Trace, layout.Span, layout.Work, layout.Recording, layout.Ours = current.Layout()
	counts = make([]spanCount, countedSpans)
}
