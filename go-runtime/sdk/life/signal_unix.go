// SPDX-License-Identifier: Apache-2.0

//go:build unix

package life

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
	_ "unsafe" // for go:linkname
)

// Defined in the woven package os/signal (rulesets/os_signal/otel_signal.go);
// where that isn't woven, nobody else knows them.

// mutex guards receiver and kept.
//
//go:linkname mutex os/signal.otelMutex
var mutex sync.Mutex

//go:linkname receiver os/signal.otelReceiver
var receiver *signals

//go:linkname kept os/signal.otelKept
var kept bool

// signals are what the receiver is told of: arrived is called when one of them has
// arrived, beside the program's own channels being told, on os/signal's goroutine
// and with its lock. handled says whether the program handles the signal. They
// come as long as the channel is registered, which survives the program's Reset;
// one that the program ignores doesn't. The fields are those of otelSignals.
type signals struct {
	channel chan os.Signal
	signals []os.Signal
	arrived func(sig os.Signal, handled bool)
}

// woven reports whether package os/signal is: it says so when something is asked
// of it, if only for no signal that there is. c stays known there, as Stop waits
// for a goroutine that the first real signal is asked for with.
func woven(c chan os.Signal) bool {
	signal.Notify(c, syscall.Signal(-1))
	mutex.Lock()
	defer mutex.Unlock()
	return kept
}

// notify makes s the receiver, or nobody.
func notify(s *signals) {
	mutex.Lock()
	old := receiver
	receiver = s
	mutex.Unlock()
	if old != nil && len(old.signals) > 0 {
		signal.Stop(old.channel)
	}
	if s != nil && len(s.signals) > 0 {
		signal.Notify(s.channel, s.signals...)
	}
}

// deadly are the signals that are commonly sent to end a process, and end a Go
// program that doesn't handle them.
var deadly = []os.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}

// watchSignals starts to get the deadly signals, but for those that whoever
// started the process had it ignore.
func watchSignals(arrived func(sig os.Signal, handled bool)) {
	s := &signals{channel: make(chan os.Signal, 1), arrived: arrived}
	if !woven(s.channel) {
		return
	}
	for _, sig := range deadly {
		if !signal.Ignored(sig) {
			s.signals = append(s.signals, sig)
		}
	}
	notify(s)
}

// releaseSignals leaves signals to the program again, and to the default.
func releaseSignals() {
	notify(nil)
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
