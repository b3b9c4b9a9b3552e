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

	"otel.runtime/internal/apart"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/leaving"
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

// keeper flushes, on goroutines that the program doesn't see. None waits for its
// being asked to. What an exit waits
// for is made in Start, as the exiting goroutine may be in a synctest bubble,
// whose channels and clock are of no use outside of it.
type keeper struct {
	flush   atomic.Pointer[func(context.Context) error]
	timeout time.Duration

	left chan struct{} // closed after the last flush
	cut  chan struct{} // closed by a signal that ends the last flush

	mu      sync.Mutex
	leaving bool // the last flush has begun
	dying   bool // a signal ends the process
	hurried bool // cut is closed
	seen    int  // how many of the program's own signals there were
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
			timeout: flushTimeout(environ.Get("OTEL_GO_FLUSH_TIMEOUT")),
			left:    make(chan struct{}),
			cut:     make(chan struct{}),
		}
		only.flush.Store(&flush)
		if isLibrary != nil && !isLibrary() {
			watchSignals(only.arrived)
		}
		exiting = only.exit
		uncaught = only.exit
		replacing = only.flushNow
	})
	only.flush.Store(&flush)
}

// Flush flushes what Start was given, as long as an exit would, and does nothing
// before Start.
func Flush() {
	if only != nil {
		only.flushNow()
	}
}

// exit flushes for the last time. The process ends when it returns, or by the
// signal that is about to end it.
func (k *keeper) exit() {
	k.mu.Lock()
	first := !k.leaving && !k.dying
	k.leaving = k.leaving || first
	k.mu.Unlock()
	if first {
		apart.Go(k.last)
	}
	<-k.left
}

// flushNow flushes, and lets the process go on.
func (k *keeper) flushNow() {
	timer := time.NewTimer(k.timeout)
	defer timer.Stop()
	select {
	case <-k.begin(nil):
	case <-timer.C:
	}
}

// arrived is called when a signal has arrived, before the program is told. It
// must not wait.
func (k *keeper) arrived(sig os.Signal, handled bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.dying:
	case !handled && k.leaving:
		k.dying = true
		apart.Go(func() { kill(sig) })
	case !handled:
		k.dying = true
		apart.Go(func() { k.die(sig) })
	case !k.leaving:
		k.seen++
		k.begin(nil)
	default:
		if k.seen++; k.seen > 1 && !k.hurried {
			k.hurried = true
			close(k.cut)
		}
	}
}

// last is the flush before an exit. A signal that comes meanwhile ends it: at
// once if the program doesn't handle it; else from the second one on, as the
// first may be why the program exits.
func (k *keeper) last() {
	defer close(k.left)
	defer releaseSignals()
	timer := time.NewTimer(k.timeout)
	defer timer.Stop()
	select {
	case <-k.begin(leaving.Run):
	case <-timer.C:
	case <-k.cut:
	}
}

// die flushes, and ends the process by sig, which the program doesn't handle.
// A further signal meanwhile finds nobody who waits for it here.
func (k *keeper) die(sig os.Signal) {
	releaseSignals()
	timer := time.NewTimer(k.timeout)
	select {
	case <-k.begin(leaving.Run):
	case <-timer.C:
	}
	kill(sig)
}

// begin starts a flush, after before if that isn't nil, and returns a channel that is
// closed after it.
func (k *keeper) begin(before func()) <-chan struct{} {
	done := make(chan struct{})
	apart.Go(func() {
		defer close(done)
		defer func() {
			if value := recover(); value != nil {
				trouble.Report(fmt.Sprintf("flushing telemetry panicked (%v)", value))
			}
		}()
		ctx, cancel := context.WithTimeout(context.Background(), k.timeout)
		defer cancel()
		if before != nil {
			before()
		}
		// Whoever exports reports its own trouble.
		_ = (*k.flush.Load())(ctx)
	})
	return done
}
