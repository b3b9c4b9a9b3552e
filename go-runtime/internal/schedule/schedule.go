// SPDX-License-Identifier: Apache-2.0

// Package schedule does something again and again. No goroutine waits for the
// next time: it is a timer that calls, so a program, and a test that looks for
// leaked goroutines, sees one of ours only while there is something to do.
package schedule

import (
	"sync"
	"time"

	"otel.runtime/internal/bubble"
)

// Schedule calls a function, never twice at a time.
type Schedule struct {
	every time.Duration
	do    func()

	mu      sync.Mutex
	timer   *time.Timer
	running bool // do is being called
	asked   bool // do is to be called as soon as it isn't
	stopped bool
}

// Start has do called after each pause of every; only when asked for, if that
// is 0. Not to be called in a bubble of synctest.
func Start(every time.Duration, do func()) *Schedule {
	s := &Schedule{every: every, do: do}
	s.mu.Lock()
	defer s.mu.Unlock()
	if every > 0 {
		s.timer = time.AfterFunc(every, s.fire)
	} else {
		s.timer = time.AfterFunc(time.Hour, s.fire)
		s.timer.Stop()
	}
	return s
}

// Soon has do called at once, or once more if it is being called. A goroutine in
// a bubble of synctest can't start anything outside of it: what it asks for
// waits for the next pause to end.
func (s *Schedule) Soon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked || s.stopped {
		return
	}
	if s.running {
		s.asked = true
	} else if !bubble.Inside() {
		s.asked = true
		s.timer.Reset(0)
	}
}

// Stop ends it. A call that is under way goes on.
func (s *Schedule) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	s.timer.Stop()
}

func (s *Schedule) fire() {
	s.mu.Lock()
	if s.running || s.stopped {
		s.mu.Unlock()
		return
	}
	s.running, s.asked = true, false
	s.mu.Unlock()
	s.do()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = false
	switch {
	case s.stopped:
	case s.asked:
		s.timer.Reset(0)
	case s.every > 0:
		s.timer.Reset(s.every)
	}
}
