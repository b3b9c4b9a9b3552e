// SPDX-License-Identifier: Apache-2.0

package life

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
	_ "unsafe" // for go:linkname

	"otel.runtime/internal/trouble"
)

// Called by the woven package runtime (rulesets/runtime/otel_goroutine.go)
// before the process exits: by main's return or os.Exit, and by a panic.
//
//go:linkname exiting runtime.otelExiting
var exiting func()

//go:linkname uncaught runtime.otelUncaught
var uncaught func()

// replacing is called before syscall.Exec.
//
//go:linkname replacing runtime.otelReplacing
var replacing func()

// isLibrary reports whether the process is another program's.
//
//go:linkname isLibrary runtime.otelIsLibrary
var isLibrary func() bool

// keeper is the goroutine that flushes. It is there from Start on, so that an
// exit has nothing to make: the exiting goroutine may be in a synctest bubble,
// whose channels and clock are of no use outside of it.
type keeper struct {
	flush   atomic.Pointer[func(context.Context) error]
	timeout time.Duration

	leave chan struct{} // asks for the last flush
	left  chan struct{} // closed after it

	signals chan os.Signal // nil if signals are left alone
	seen    int            // how many of the program's own signals there were
}

var (
	started sync.Once
	only    *keeper
)

// Start has flush called on the way out of the process, with a context that
// ends in time; it is waited for no longer than OTEL_GO_FLUSH_TIMEOUT (a
// duration such as 2s, or milliseconds; 5s by default). flush may be called
// more than once, and on several goroutines at a time. A later Start replaces
// the function.
func Start(flush func(ctx context.Context) error) {
	started.Do(func() {
		only = &keeper{
			timeout: flushTimeout(os.Getenv("OTEL_GO_FLUSH_TIMEOUT")),
			leave:   make(chan struct{}, 1),
			left:    make(chan struct{}),
		}
		only.flush.Store(&flush)
		if isLibrary != nil && !isLibrary() {
			only.signals = watchSignals()
		}
		go only.run()
		exiting = only.exit
		uncaught = only.exit
		replacing = only.flushNow
	})
	only.flush.Store(&flush)
}

// exit flushes for the last time. The process ends when it returns.
func (k *keeper) exit() {
	select {
	case k.leave <- struct{}{}:
	default:
	}
	<-k.left
}

// flushNow flushes, and lets the process go on.
func (k *keeper) flushNow() {
	timer := time.NewTimer(k.timeout)
	defer timer.Stop()
	select {
	case <-k.begin():
	case <-timer.C:
	}
}

func (k *keeper) run() {
	for {
		select {
		case <-k.leave:
			k.last()
			close(k.left)
			return
		case sig := <-k.signals:
			if unhandled(sig) {
				k.die(sig)
			}
			k.seen++
			k.begin()
		}
	}
}

// last is the flush before an exit. A signal that comes meanwhile ends it: at
// once if the program doesn't handle it; else from the second one on, as the
// first may be why the program exits.
func (k *keeper) last() {
	defer releaseSignals()
	flushed, timer := k.begin(), time.NewTimer(k.timeout)
	for {
		select {
		case <-flushed:
			return
		case <-timer.C:
			return
		case sig := <-k.signals:
			if unhandled(sig) {
				kill(sig)
			}
			if k.seen++; k.seen > 1 {
				return
			}
		}
	}
}

// die flushes, and ends the process by sig, which the program doesn't handle.
// A further signal meanwhile finds nobody who waits for it here.
func (k *keeper) die(sig os.Signal) {
	releaseSignals()
	timer := time.NewTimer(k.timeout)
	select {
	case <-k.begin():
	case <-timer.C:
	}
	kill(sig)
}

// begin starts a flush, and returns a channel that is closed after it.
func (k *keeper) begin() <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if value := recover(); value != nil {
				trouble.Tell(fmt.Sprintf("flushing telemetry panicked (%v)", value))
			}
		}()
		ctx, cancel := context.WithTimeout(context.Background(), k.timeout)
		defer cancel()
		// Whoever exports reports its own trouble.
		_ = (*k.flush.Load())(ctx)
	}()
	return done
}
