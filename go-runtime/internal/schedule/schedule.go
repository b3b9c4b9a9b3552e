// SPDX-License-Identifier: Apache-2.0

// Package schedule does something again and again. No goroutine waits for the
// next time: it is a timer that calls. What takes its time is done apart, where a
// program, and a test that looks for leaked goroutines, doesn't see it.
package schedule

import (
	"sync"
	"time"

	"otel.runtime/internal/apart"
	"otel.runtime/internal/bubble"
)

// Schedule calls a function and then what that returns, never twice at a time.
type Schedule struct {
	every time.Duration
	do    func() (apart func())

	mu      sync.Mutex
	timer   *time.Timer
	running bool // do, or what it returned, is being called
	asked   bool // do is to be called as soon as it isn't
	stopped bool
}

// Start has do called after each pause of every; only when asked for, if that
// is 0. What do returns is called afterwards on a goroutine that is apart; it may
// be nil. Not to be called in a bubble of synctest.
func Start(every time.Duration, do func() (apart func())) *Schedule {
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
	send := s.do()
	if send == nil {
		s.done()
		return
	}
	apart.Go(func() {
		defer s.done()
		send()
	})
}

func (s *Schedule) done() {
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
