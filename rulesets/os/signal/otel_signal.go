// SPDX-License-Identifier: Apache-2.0

// Added to package os/signal: one function that is told of signals beside the
// program's own channels, and whether the signal is the program's to handle. The
// package otel.runtime/life reaches this through the function variables, by
// linkname.

package signal

import (
	"os"
	_ "unsafe" // for go:linkname
)

// otelChannel keeps otelSignals coming; nobody reads it. Nil while nobody is to
// be told. These are guarded by handlers.
//
//go:linkname otelChannel
var otelChannel chan os.Signal

//go:linkname otelSignals
var otelSignals []os.Signal

// otelArrived is called with the lock of handlers held.
//
//go:linkname otelArrived
var otelArrived func(sig os.Signal, handled bool)

// otelNotify has arrived called for the signals. Unlike a channel of Notify it
// stays when the program calls Reset, but a signal that the program ignores
// isn't told. Nil ends it.
//
//go:linkname otelNotify
var otelNotify func(arrived func(sig os.Signal, handled bool), signals []os.Signal) = otelSetArrived

//go:linkname otelSetArrived
//go:noinline
func otelSetArrived(arrived func(sig os.Signal, handled bool), signals []os.Signal) {
	handlers.Lock()
	old := otelChannel
	otelArrived, otelSignals, otelChannel = arrived, signals, nil
	if arrived != nil {
		otelChannel = make(chan os.Signal, 1)
	}
	handlers.Unlock()
	if old != nil {
		Stop(old)
	}
	otelKeep()
}

// otelLock takes process's lock, and tells otelArrived of the signal that process
// is about to deliver. Told any later, a program that calls Stop as soon as it has
// got its signal would seem not to handle it.
//
//go:linkname otelLock
//go:noinline
func otelLock(sig os.Signal, n int) {
	handlers.Lock()
	if otelChannel == nil {
		return
	}
	if h := handlers.m[otelChannel]; h == nil || !h.want(n) {
		return
	}
	handled := false
	for c, h := range handlers.m {
		handled = handled || c != otelChannel && h.want(n)
	}
	for _, d := range handlers.stopping {
		handled = handled || d.c != otelChannel && d.h.want(n)
	}
	otelArrived(sig, handled)
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
