// SPDX-License-Identifier: Apache-2.0

// Package apart starts goroutines that stand apart from the program's: those
// that export telemetry, and all that they start, as the ones of net/http that
// read and write a connection. In a woven program the runtime counts them among
// its own. They aren't in stack dumps, goroutine profiles and
// runtime.NumGoroutine, so that a test that looks for leaked goroutines finds
// none of ours, whatever is under way; and they are in no bubble of
// testing/synctest.
//
// Code of the program's that may start goroutines, such as callbacks of metrics and
// its error handler, is called elsewhere, by Outside.
package apart

import (
	"time"
	_ "unsafe" // for go:linkname
)

// Defined in the woven package runtime (rulesets/runtime/otel_goroutine.go); nil
// where that isn't woven.
//
//go:linkname start runtime.otelStart
var start func(f func())

//go:linkname here runtime.otelIsApart
var here func() bool

// Go starts f on a goroutine that is apart; where nothing is woven, on one that
// isn't.
func Go(f func()) {
	if start == nil {
		go f()
		return
	}
	start(f)
}

// Here reports whether the calling goroutine is apart.
func Here() bool { return here != nil && here() }

// Run calls f on a goroutine that is apart, and returns when f does. Not to be
// called in a bubble of testing/synctest.
func Run(f func()) {
	if start == nil || here() {
		f()
		return
	}
	done := make(chan struct{})
	start(func() {
		defer close(done)
		f()
	})
	<-done
}

// Outside calls f, which is the program's own code, on a goroutine that isn't
// apart, and returns when f does. A panic of f goes on in the caller.
func Outside(f func()) {
	if !Here() {
		f()
		return
	}
	ended := make(chan any, 1)
	// The goroutine of a timer's function has no creator that it could be like.
	time.AfterFunc(0, func() {
		defer func() { ended <- recover() }()
		f()
	})
	if value := <-ended; value != nil {
		panic(value)
	}
}
