// SPDX-License-Identifier: Apache-2.0

//go:build unix

package life

import (
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "unsafe" // for go:linkname
)

// Defined in the woven package os/signal (rulesets/os/signal/otel_signal.go),
// nil where that isn't woven.
//
// notify has arrived called when one of the signals has arrived, beside the
// program's own channels being told: on os/signal's goroutine and with its lock.
// handled says whether the program handles the signal. A nil function ends it.
//
//go:linkname notify os/signal.otelNotify
var notify func(arrived func(sig os.Signal, handled bool), signals []os.Signal)

// deadly are the signals that are commonly sent to end a process, and end a Go
// program that doesn't handle them.
var deadly = []os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}

// watchSignals starts to get the deadly signals, but for those that whoever
// started the process had it ignore.
func watchSignals(arrived func(sig os.Signal, handled bool)) {
	if notify == nil {
		return
	}
	var signals []os.Signal
	for _, sig := range deadly {
		if !signal.Ignored(sig) {
			signals = append(signals, sig)
		}
	}
	notify(arrived, signals)
}

// releaseSignals leaves signals to the program again, and to the default.
func releaseSignals() {
	if notify != nil {
		notify(nil, nil)
	}
}

// kill ends the process by sig, as if nobody had handled it. It doesn't return.
func kill(sig os.Signal) {
	releaseSignals()
	signal.Reset(sig)
	if number, ok := sig.(syscall.Signal); ok {
		_ = syscall.Kill(syscall.Getpid(), number)
	}
	// The runtime ends the process from the signal's handler, with status 2
	// where the system doesn't let a signal kill it (process 1 of a container).
	time.Sleep(time.Second)
	syscall.Exit(2)
}
