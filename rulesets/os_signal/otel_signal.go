// SPDX-License-Identifier: Apache-2.0

// Added to package os/signal: one function that is told of signals beside the
// program's own channels, and whether the signal is the program's to handle. The
// package otel.runtime/sdk/life sets it, by linkname. No variable here has an initial
// value: the package has none either, and would get a function init.

package signal

import (
	"os"
	"sync"
	_ "unsafe" // for go:linkname
)

// otelMutex guards the variables here, and is not held while others are called.
//
//go:linkname otelMutex
var otelMutex sync.Mutex

// otelReceiver, if not nil, has the channel that keeps its signals coming and that
// nobody reads; Arrived is called with the lock of handlers held.
//
//go:linkname otelReceiver
var otelReceiver *otelSignals

type otelSignals = struct {
	Channel chan os.Signal
	Signals []os.Signal
	Arrived func(sig os.Signal, handled bool)
}

// otelKept says that otelKeep was called, which tells otel.runtime/sdk/life that this
// package is woven.
//
//go:linkname otelKept
var otelKept bool

//go:linkname otelLoad
//go:noinline
func otelLoad(kept bool) *otelSignals {
	otelMutex.Lock()
	r := otelReceiver
	otelKept = otelKept || kept
	otelMutex.Unlock()
	return r
}

// otelLock takes process's lock, and tells the receiver of the signal that process
// is about to deliver. Told any later, a program that calls Stop as soon as it has
// got its signal would seem not to handle it.
//
//go:linkname otelLock
//go:noinline
func otelLock(sig os.Signal, n int) {
	handlers.Lock()
	r := otelLoad(false)
	if r == nil {
		return
	}
	if h := handlers.m[r.Channel]; h == nil || !h.want(n) {
		return
	}
	handled := false
	for c, h := range handlers.m {
		handled = handled || c != r.Channel && h.want(n)
	}
	for _, d := range handlers.stopping {
		handled = handled || d.c != r.Channel && d.h.want(n)
	}
	r.Arrived(sig, handled)
}

// otelKeep registers the receiver's channel for those of its signals that it has
// lost, but for ignored ones: after Reset and Ignore have removed every channel, and
// after a Notify that ends a signal's being ignored.
//
//go:linkname otelKeep
//go:noinline
func otelKeep() {
	r := otelLoad(true)
	if r == nil {
		return
	}
	var lost []os.Signal
	handlers.Lock()
	h := handlers.m[r.Channel]
	for _, sig := range r.Signals {
		if n := signum(sig); n >= 0 && (h == nil || !h.want(n)) && !signalIgnored(n) {
			lost = append(lost, sig)
		}
	}
	handlers.Unlock()
	if len(lost) > 0 {
		Notify(r.Channel, lost...)
	}
}
