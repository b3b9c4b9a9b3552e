// SPDX-License-Identifier: Apache-2.0

// Added to package os/signal: one channel that is told of signals beside the
// program's own, and whether such a signal was the program's to handle. The
// package otel.runtime/life reaches this through the function variables, by
// linkname.

package signal

import (
	"os"
	_ "unsafe" // for go:linkname
)

// otelChannel gets otelSignals beside the channels of the program; nil while
// there is none. Both guarded by handlers, as otelUnhandled is.
//
//go:linkname otelChannel
var otelChannel chan<- os.Signal

//go:linkname otelSignals
var otelSignals []os.Signal

// otelUnhandled is the set of signals that have arrived while nobody but
// otelChannel wanted them, and weren't asked for by otelTake.
//
//go:linkname otelUnhandled
var otelUnhandled handler

// otelNotify makes c the channel that is told of the signals. Unlike one of
// Notify it stays when the program calls Reset, but a signal that the program
// ignores isn't sent. A nil c ends it.
//
//go:linkname otelNotify
var otelNotify func(c chan<- os.Signal, signals []os.Signal) = otelSetChannel

//go:linkname otelSetChannel
//go:noinline
func otelSetChannel(c chan<- os.Signal, signals []os.Signal) {
	handlers.Lock()
	old := otelChannel
	otelChannel, otelSignals = c, signals
	handlers.Unlock()
	if old != nil && old != c {
		Stop(old)
	}
	otelKeep()
}

// otelTake reports whether sig has arrived, since it was last asked, while the
// program didn't handle it: in a plain build the process would be dead.
//
//go:linkname otelTake
var otelTake func(sig os.Signal) bool = otelTakeUnhandled

//go:linkname otelTakeUnhandled
//go:noinline
func otelTakeUnhandled(sig os.Signal) bool {
	n := signum(sig)
	handlers.Lock()
	defer handlers.Unlock()
	if n < 0 || !otelUnhandled.want(n) {
		return false
	}
	otelUnhandled.clear(n)
	return true
}

// otelLock takes process's lock, and notes whether the signal that process is
// about to deliver is the program's. Asked any later, a program that calls Stop
// as soon as it has got its signal would seem not to handle it.
//
//go:linkname otelLock
//go:noinline
func otelLock(n int) {
	handlers.Lock()
	if otelChannel == nil {
		return
	}
	if h := handlers.m[otelChannel]; h == nil || !h.want(n) {
		return
	}
	for c, h := range handlers.m {
		if c != otelChannel && h.want(n) {
			return
		}
	}
	for _, d := range handlers.stopping {
		if d.c != otelChannel && d.h.want(n) {
			return
		}
	}
	otelUnhandled.set(n)
}

// otelKeep registers otelChannel for those of its signals that it has lost, but
// for ignored ones: after Reset and Ignore have removed every channel, and
// after a Notify that ends a signal's being ignored.
//
//go:linkname otelKeep
//go:noinline
func otelKeep() {
	handlers.Lock()
	c := otelChannel
	var lost []os.Signal
	if c != nil {
		h := handlers.m[c]
		for _, sig := range otelSignals {
			if n := signum(sig); n >= 0 && (h == nil || !h.want(n)) && !signalIgnored(n) {
				lost = append(lost, sig)
			}
		}
	}
	handlers.Unlock()
	if len(lost) > 0 {
		Notify(c, lost...)
	}
}
